-- Opens a file of a module in Neovim, with soplint as its only language server: what it finds is shown, follows an edit
-- of the buffer, and is gone after its fix. Nothing is saved. Runs on Neovim 0.7 and newer.
dofile(debug.getinfo(1).source:match('@(.*/)') .. 'nvim_common.lua')

local buffer = open()
local function shown() return vim.diagnostic.get(buffer, { severity = vim.diagnostic.severity.ERROR }) end

local id = attach(buffer, 'soplint', { server, 'lsp' })
wait('the finding', function() return #shown() == 1 end)
local found = shown()[1]
io.stdout:write(string.format('found %d:%d %s %s %s\n', found.lnum + 1, found.col + 1, found.source, found.code or found.user_data.lsp.code, vim.split(found.message, '\n')[1]))

vim.api.nvim_buf_set_lines(buffer, 1, 1, true, { '', '// A line that only the buffer has.' })
wait('the finding where it is after the edit', function() return #shown() == 1 and shown()[1].lnum == found.lnum + 2 end)
io.stdout:write(string.format('after the edit in line %d\n', shown()[1].lnum + 1))

vim.api.nvim_win_set_cursor(0, { shown()[1].lnum + 1, shown()[1].col })
local params = vim.lsp.util.make_range_params(0, 'utf-16')
params.context = { diagnostics = {} }
local answers = vim.lsp.buf_request_sync(buffer, 'textDocument/codeAction', params, 60000)
for _, action in ipairs(answers[id].result) do io.stdout:write('action ' .. action.title .. '\n') end
vim.lsp.util.apply_workspace_edit(answers[id].result[1].edit, 'utf-16')
wait('no finding after the fix', function() return #shown() == 0 end)
finish('gone after the fix')

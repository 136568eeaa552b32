-- Opens a file of a module in Neovim with two language servers, gopls and soplint: each shows what it finds, and
-- answers when it is asked about the same place. Runs on Neovim 0.7 and newer.
dofile(debug.getinfo(1).source:match('@(.*/)') .. 'nvim_common.lua')

local buffer = open()
local ids = { soplint = attach(buffer, 'soplint', { server, 'lsp' }), gopls = attach(buffer, 'gopls', { 'gopls' }) }

local function find(text)
  for _, found in ipairs(vim.diagnostic.get(buffer)) do
    if string.find(found.message, text, 1, true) then return found end
  end
end

wait('what soplint finds', function() return find('calls Bad') end)
wait('what gopls finds', function() return find('wrong type string') end)
io.stdout:write('soplint in line ' .. find('calls Bad').lnum + 1 .. '\n')
io.stdout:write('gopls in line ' .. find('wrong type string').lnum + 1 .. '\n')

vim.api.nvim_win_set_cursor(0, { find('calls Bad').lnum + 1, find('calls Bad').col })
local params = vim.lsp.util.make_position_params(0, 'utf-16')
local answers = vim.lsp.buf_request_sync(buffer, 'textDocument/hover', params, 240000)
io.stdout:write('hover of soplint: ' .. vim.split(answers[ids.soplint].result.contents.value, '\n')[1] .. '\n')
io.stdout:write('hover of gopls: ' .. vim.split(answers[ids.gopls].result.contents.value, '\n')[2] .. '\n')
finish('both are there')

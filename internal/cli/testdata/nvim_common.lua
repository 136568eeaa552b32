-- What the scripts share that drive Neovim: they print as they go, and end it.
root, server = os.getenv('SOPLINT_TEST_ROOT'), os.getenv('SOPLINT_TEST_SERVER')

function finish(text)
  io.stdout:write(text .. '\n')
  vim.cmd('qall!')
end

function wait(what, check)
  if not vim.wait(240000, check, 20) then
    finish('never came: ' .. what)
    error('timeout')
  end
end

-- Opens the module's only Go file; returns the buffer.
function open()
  vim.cmd('edit ' .. root .. '/web/web.go')
  return vim.api.nvim_get_current_buf()
end

-- Starts a language server for the buffer; returns the client.
function attach(buffer, name, cmd)
  local config = { cmd = cmd, root_dir = root, name = name }
  local id = vim.lsp.start and vim.lsp.start(config) or vim.lsp.start_client(config)
  vim.lsp.buf_attach_client(buffer, id)
  return id
end

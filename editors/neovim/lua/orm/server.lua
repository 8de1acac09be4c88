--- The language server of a buffer: questions to it, and its life.
local M = {}

local DOCUMENTATION = 'https://github.com/orm-lang/orm/blob/main/docs/README.md'
--- Milliseconds that a server has to end by itself.
local GRACE = 3000

---@param buffer integer
---@return vim.lsp.Client?
function M.client(buffer)
  return vim.lsp.get_clients({ name = 'orm', bufnr = buffer })[1]
end

--- The server of a buffer, or a message that there is none.
---@param buffer integer
---@return vim.lsp.Client?
function M.wanted_client(buffer)
  local client = M.client(buffer)
  if not client then
    vim.notify('orm: no language server runs for this buffer; see :checkhealth orm', vim.log.levels.ERROR)
  end
  return client
end

--- Asks what the protocol does not know. What is refused is shown to the user.
---@param client vim.lsp.Client
---@param method string
---@param params table
---@param buffer integer
---@param answered fun(result: any)
function M.ask(client, method, params, buffer, answered)
  client:request(method, params, function(problem, result)
    if problem then
      vim.notify('orm: ' .. problem.message, vim.log.levels.ERROR)
    else
      answered(result)
    end
  end, buffer)
end

--- Stops the servers and starts them anew, for each buffer that is open.
function M.restart()
  local running = vim.lsp.get_clients({ name = 'orm' })
  local function have_stopped()
    return vim.iter(running):all(function(it)
      return it:is_stopped()
    end)
  end
  for _, client in ipairs(running) do
    client:stop()
  end
  if not vim.wait(GRACE, have_stopped, 20) then
    for _, client in ipairs(running) do
      client:stop(true)
    end
    vim.wait(GRACE, have_stopped, 20)
  end
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].filetype == 'orm' then
      vim.api.nvim_exec_autocmds('FileType', { group = 'nvim.lsp.enable', buffer = buffer })
    end
  end
end

--- What the server logs is in the log of all language servers.
function M.open_log()
  vim.cmd.tabedit(vim.fn.fnameescape(vim.lsp.log.get_filename()))
  vim.cmd('normal! G')
end

function M.open_docs()
  vim.ui.open(DOCUMENTATION)
end

return M

--- `orm.toml` in a buffer: what is typed there counts before it is saved.
local M = {}

local NAME = 'orm.toml'

--- Tells the server of a project about its settings, if they are in a buffer. An |on_init| of |vim.lsp.Config|.
---@param client vim.lsp.Client
function M.attach(client)
  if not client.root_dir then
    return
  end
  local buffer = vim.fn.bufnr(vim.fn.fnameescape(vim.fs.joinpath(client.root_dir, NAME)))
  if buffer ~= -1 and vim.api.nvim_buf_is_loaded(buffer) then
    vim.lsp.buf_attach_client(buffer, client.id)
  end
end

--- Settings came into a buffer: tells the server of their project, if one runs.
function M.opened()
  for _, client in ipairs(vim.lsp.get_clients({ name = 'orm' })) do
    M.attach(client)
  end
end

return M

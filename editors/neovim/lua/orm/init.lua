--- The orm language in Neovim: file type, language server, tree-sitter parser.
local M = {}

---@class orm.Options
---@field cmd? string[] how the language server is started; `{ 'orm', 'lsp' }` when left out
---@field settings? vim.lsp.Config anything else for |vim.lsp.config()|

--- Makes `.orm` files known and starts the language server in them.
---
--- Needed once, in the user's configuration. Everything else is found on 'runtimepath'.
---@param options? orm.Options
function M.setup(options)
  if vim.fn.has('nvim-0.11') == 0 then
    vim.notify('orm needs Neovim 0.11 or newer (vim.lsp.enable)', vim.log.levels.ERROR)
    return
  end
  options = options or {}
  -- A package manager may add this folder to 'runtimepath' after ftdetect/ and plugin/ were read.
  vim.cmd.runtime({ 'ftdetect/orm.lua' })
  vim.cmd.runtime({ 'plugin/orm.lua' })
  vim.lsp.config('orm', vim.tbl_extend('force', options.settings or {}, { cmd = options.cmd }))
  vim.lsp.enable('orm')
end

--- Changes options of the server, of those that run and of those to come: |orm-options|.
---@param options table such as `{ inlayHints = { physicalTypes = false } }`; what it leaves out stays as it is
function M.configure(options)
  local settings = { orm = options }
  vim.lsp.config('orm', { settings = settings })
  for _, client in ipairs(vim.lsp.get_clients({ name = 'orm' })) do
    client.settings = vim.tbl_deep_extend('force', client.settings, settings)
    client:notify('workspace/didChangeConfiguration', { settings = client.settings })
  end
end

return M

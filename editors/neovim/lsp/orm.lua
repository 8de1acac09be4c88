-- What `vim.lsp.enable('orm')` starts. `vim.lsp.config('orm', { … })` overrides parts of it.
---@type vim.lsp.Config
return {
  cmd = { 'orm', 'lsp' },
  filetypes = { 'orm' },
  -- A folder with its own orm.toml is its own project, also inside another repository.
  root_markers = { 'orm.toml', '.git' },
}

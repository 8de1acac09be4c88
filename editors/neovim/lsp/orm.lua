-- What `vim.lsp.enable('orm')` starts. `vim.lsp.config('orm', { … })` overrides parts of it.
local lens = require('orm.lens')

local names = vim.tbl_keys(lens.commands)
table.sort(names)

---@type vim.lsp.Config
return {
  cmd = { 'orm', 'lsp' },
  filetypes = { 'orm' },
  -- A folder with its own orm.toml is its own project, also inside another repository.
  root_markers = { 'orm.toml', '.git' },
  commands = lens.commands,
  -- The server offers a lens with a command only to a client that has it.
  init_options = { commands = names },
  on_init = function(client)
    require('orm.version').check(client)
    require('orm.settings_file').attach(client)
  end,
}

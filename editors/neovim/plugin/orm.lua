vim.api.nvim_create_user_command('OrmBuildParser', function()
  require('orm.parser').build()
end, { desc = 'Compile the tree-sitter parser of .orm files with the C compiler' })

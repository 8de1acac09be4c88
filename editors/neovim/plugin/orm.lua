-- Commands of the editor. Each loads its part of the plug-in when it is called.

vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile' }, {
  group = vim.api.nvim_create_augroup('orm.settings_file', { clear = true }),
  pattern = 'orm.toml',
  callback = function()
    require('orm.settings_file').opened()
  end,
})

local function command(name, run, attributes)
  vim.api.nvim_create_user_command('Orm' .. name, run, attributes)
end

command('BuildParser', function()
  require('orm.parser').build()
end, { desc = 'Compile the tree-sitter parser of .orm files with the C compiler' })

command('PreviewDdl', function()
  require('orm.preview').open()
end, { desc = 'Show the DDL of each database beside the schema, following the cursor' })

command('CreateMigration', function(call)
  local name = vim.trim(call.args)
  require('orm.migration').create({ name = name ~= '' and name or nil, acceptDataLoss = call.bang })
end, { nargs = '*', bang = true, desc = 'Write what changed as a migration; with ! also what loses data' })

command('Explain', function(call)
  require('orm.explanation').explain(call.fargs[1])
end, { nargs = '?', desc = 'Say what the code of the finding under the cursor, or another one, means' })

command('SyntaxTree', function()
  require('orm.syntax_tree').open()
end, { desc = 'Show the syntax tree of the declaration under the cursor beside it' })

command('Restart', function()
  require('orm.server').restart()
end, { desc = 'Restart the language server' })

command('Log', function()
  require('orm.server').open_log()
end, { desc = 'Open the log of language servers' })

command('Docs', function()
  require('orm.server').open_docs()
end, { desc = 'Open the documentation in a browser' })

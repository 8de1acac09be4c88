vim.bo.commentstring = '// %s'
-- `///` before `//`: the first that fits is what `o` and <Enter> continue a comment with.
vim.bo.comments = ':///,://'
vim.opt_local.formatoptions:append('croql')
vim.opt_local.formatoptions:remove('t')
vim.bo.expandtab = true
vim.bo.shiftwidth = 2
vim.bo.softtabstop = 2
vim.bo.indentexpr = "v:lua.require'orm.indent'.expr()"
vim.bo.indentkeys = '0{,0},0),0],!^F,o,O'
vim.b.undo_ftplugin = (vim.b.undo_ftplugin and vim.b.undo_ftplugin .. ' | ' or '')
  .. 'setlocal commentstring< comments< formatoptions< expandtab< shiftwidth< softtabstop< indentexpr< indentkeys<'

-- Without a parser, or with one that is too old for the queries, the colours come from syntax/orm.vim.
if vim.treesitter.language.add('orm') then
  local started, problem = pcall(vim.treesitter.start, 0, 'orm')
  if started then
    vim.wo[0][0].foldexpr = 'v:lua.vim.treesitter.foldexpr()'
    vim.b.undo_ftplugin = vim.b.undo_ftplugin .. ' | setlocal foldexpr< | lua pcall(vim.treesitter.stop)'
  else
    vim.notify_once('orm: run :OrmBuildParser, the tree-sitter parser is too old: ' .. problem, vim.log.levels.WARN)
  end
end

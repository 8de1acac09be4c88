-- Neovim itself, headless, with the plug-in folder as a user has it:
--   ORM_BIN=… nvim -u NONE -i NONE --headless -l tests/editors/neovim/test.lua

local PATIENCE = 1000 * tonumber(vim.env.ORM_PATIENCE or 60)
local root = vim.uv.fs_realpath(vim.fs.joinpath(vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)), '../../..'))
local folder = vim.fs.joinpath(vim.fn.tempname(), 'project')
local counts = { passed = 0, failed = 0 }

local function check(name, body)
  local passed, problem = xpcall(body, debug.traceback)
  local key = passed and 'passed' or 'failed'
  counts[key] = counts[key] + 1
  io.stdout:write(passed and 'ok ' or 'not ok ', name, passed and '' or '\n' .. problem, '\n')
end

--- Waits until `probe` gives something, and returns that.
local function eventually(what, probe)
  local value
  local found = vim.wait(PATIENCE, function()
    value = probe()
    return value
  end, 20)
  return assert(found and value, what .. ': not in time')
end

local function equal(actual, expected)
  if not vim.deep_equal(actual, expected) then
    error(('expected %s\ngot %s'):format(vim.inspect(expected), vim.inspect(actual)), 2)
  end
end

local function contains(text, part)
  assert(text:find(part, 1, true), ('%q is not in:\n%s'):format(part, text))
end

local function write(name, lines)
  vim.fn.mkdir(folder, 'p')
  vim.fn.writefile(lines, vim.fs.joinpath(folder, name))
end

local function edit(name)
  vim.cmd.edit(vim.fs.joinpath(folder, name))
end

local function errors()
  return vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR })
end

local function client()
  return vim.lsp.get_clients({ name = 'orm', bufnr = 0 })[1]
end

local function captures(row, column)
  return vim.tbl_map(function(it)
    return it.capture
  end, vim.treesitter.get_captures_at_pos(0, row, column))
end

write('orm.toml', {})
write('users.orm', {
  '/// People who log in.',
  'table users {',
  '  id     uuid = uuid()  @primary_key',
  '  email  text           @unique',
  '}',
})
write('posts.orm', {
  'table posts {',
  '  id       uuid = uuid()  @primary_key',
  '  user_id  uuid           @references(users.id, on_delete: cascade)',
  '      title text = "é語🦀" @uniqeu',
  '}',
})

-- A link, as the README installs it.
local plugin = vim.fs.joinpath(vim.fs.dirname(folder), 'plugin')
assert(vim.uv.fs_symlink(vim.fs.joinpath(root, 'editors/neovim'), plugin))
vim.opt.runtimepath:prepend(plugin)
vim.cmd('filetype plugin on | syntax on')
vim.cmd.runtime({ 'plugin/orm.lua' })
require('orm').setup({ cmd = { vim.env.ORM_BIN, 'lsp' } })

check('a file that ends in .orm is of type orm', function()
  edit('posts.orm')
  equal(vim.bo.filetype, 'orm')
  equal(vim.bo.commentstring, '// %s')
end)

check('without a parser the colours come from syntax/orm.vim', function()
  equal(vim.fn.synIDattr(vim.fn.synID(1, 1, 1), 'name'), 'ormDeclaration')
  equal(vim.fn.synIDattr(vim.fn.synID(1, 7, 1), 'name'), 'ormName')
  equal(vim.fn.synIDattr(vim.fn.synID(2, 12, 1), 'name'), 'ormType')
end)

check('the server starts in the folder of orm.toml', function()
  eventually('the client is attached', function()
    return client() and client().initialized
  end)
  equal(vim.uv.fs_realpath(client().root_dir), vim.uv.fs_realpath(folder))
end)

check('an error appears under the word that is wrong', function()
  eventually('one error', function()
    return #errors() == 1
  end)
  local line = vim.api.nvim_buf_get_lines(0, 3, 4, true)[1]
  local found = errors()[1]
  equal({ found.lnum, found.col, found.end_col }, { 3, line:find('uniqeu') - 1, #line })
  contains(found.message, 'uniqeu')
end)

check('hover opens a window with the DDL of both databases', function()
  vim.api.nvim_win_set_cursor(0, { 1, 8 })
  vim.lsp.buf.hover()
  local window = eventually('a floating window', function()
    return vim.iter(vim.api.nvim_list_wins()):find(function(it)
      return vim.api.nvim_win_get_config(it).relative ~= ''
    end)
  end)
  local text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
  vim.api.nvim_win_close(window, true)
  contains(text, 'PostgreSQL')
  contains(text, 'Spanner')
  contains(text, 'UUID')
  contains(text, 'STRING(36)')
end)

check('go to definition opens the other file', function()
  local column = vim.api.nvim_buf_get_lines(0, 2, 3, true)[1]:find('users.id', 1, true)
  vim.api.nvim_win_set_cursor(0, { 3, column })
  vim.lsp.buf.definition()
  eventually('users.orm is shown', function()
    return vim.fs.basename(vim.api.nvim_buf_get_name(0)) == 'users.orm'
  end)
  equal(vim.api.nvim_win_get_cursor(0), { 2, 6 })
  edit('posts.orm')
end)

check('document symbols fill the location list', function()
  vim.lsp.buf.document_symbol({ loclist = true })
  local items = eventually('symbols', function()
    local items = vim.fn.getloclist(0)
    return #items > 0 and items
  end)
  local text = table.concat(vim.tbl_map(function(it)
    return it.text
  end, items), '\n')
  for _, name in ipairs({ 'posts', 'user_id', 'title' }) do
    contains(text, name)
  end
  vim.cmd.lclose()
end)

check('an error goes when it is corrected', function()
  local line = vim.api.nvim_buf_get_lines(0, 3, 4, true)[1]
  local start = line:find('uniqeu') - 1
  vim.api.nvim_buf_set_text(0, 3, start, 3, start + 6, { 'unique' })
  eventually('no error', function()
    return #errors() == 0
  end)
end)

check('format indents', function()
  vim.lsp.buf.format({ async = false, timeout_ms = PATIENCE })
  local line = vim.api.nvim_buf_get_lines(0, 3, 4, true)[1]
  assert(line:match('^  title%s+text = "é語🦀"%s+@unique$'), line)
end)

check(':OrmBuildParser compiles the parser, and tree-sitter parses with it', function()
  local site = vim.fs.joinpath(folder, 'site')
  require('orm.parser').build(vim.fs.joinpath(site, 'parser', 'orm.so'))
  vim.opt.runtimepath:append(site)
  vim.cmd('edit!')
  local tree = vim.treesitter.get_parser(0, 'orm'):parse()[1]
  assert(not tree:root():has_error(), tree:root():sexpr())
  assert(vim.treesitter.highlighter.active[vim.api.nvim_get_current_buf()], 'the highlighter is not active')
end)

check('the queries give colours', function()
  contains(table.concat(captures(0, 0), ' '), 'keyword')
  contains(table.concat(captures(0, 6), ' '), 'type')
  contains(table.concat(captures(1, 11), ' '), 'type')
  contains(table.concat(captures(3, vim.api.nvim_buf_get_lines(0, 3, 4, true)[1]:find('"')), ' '), 'string')
end)

check('a declaration folds', function()
  vim.wo.foldmethod = 'expr'
  vim.cmd('normal! zx')
  eventually('a fold level', function()
    return vim.fn.foldlevel(2) == 1
  end)
end)

check(':checkhealth orm finds nothing to complain about', function()
  vim.cmd('checkhealth orm')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  contains(report, 'tree-sitter parser and queries')
  contains(report, 'orm: language server')
  assert(not report:find('ERROR') and not report:find('WARNING'), report)
  vim.cmd.bdelete()
end)

check('the server stops when it is told to', function()
  edit('posts.orm')
  local running = client()
  running:stop()
  eventually('stopped', function()
    return running:is_stopped()
  end)
end)

vim.fn.delete(vim.fs.dirname(folder), 'rf')
io.stdout:write(('%d passed, %d failed\n'):format(counts.passed, counts.failed))
os.exit(counts.failed == 0 and 0 or 1)

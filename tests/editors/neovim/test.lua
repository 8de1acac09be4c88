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

local function lines(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer or 0, 0, -1, false), '\n')
end

--- Puts the cursor on the first character of the first `text`.
local function go_to(text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local column = line:find(text, 1, true)
    if column then
      vim.api.nvim_win_set_cursor(0, { number, column - 1 })
      return
    end
  end
  error(('%q is not in:\n%s'):format(text, lines()), 2)
end

--- The list of places that `run` leaves in the quickfix window, as `file:line text`.
local function quickfix(run)
  vim.fn.setqflist({}, 'f')
  run()
  local items = eventually('a quickfix list', function()
    local items = vim.fn.getqflist()
    return #items > 0 and items
  end)
  vim.cmd.cclose()
  return vim.tbl_map(function(it)
    return ('%s:%d %s'):format(vim.fs.basename(vim.api.nvim_buf_get_name(it.bufnr)), it.lnum, vim.trim(it.text))
  end, items)
end

--- A window of this tab page whose buffer has a name that ends in `name`.
local function window_of(name)
  return vim.iter(vim.api.nvim_tabpage_list_wins(0)):find(function(it)
    return vim.endswith(vim.api.nvim_buf_get_name(vim.api.nvim_win_get_buf(it)), name)
  end)
end

--- What the user was told.
local messages = {}
vim.notify = function(message)
  table.insert(messages, message)
end

--- Waits until `run` has told the user a text that contains `part`.
local function tells(part, run)
  messages = {}
  run()
  eventually(part .. ' is told', function()
    return table.concat(messages, '\n'):find(part, 1, true)
  end)
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

check('references fill the quickfix list', function()
  edit('users.orm')
  eventually('attached', client)
  go_to('users')
  local found = quickfix(function()
    vim.lsp.buf.references({ includeDeclaration = false })
  end)
  equal(found, { 'posts.orm:3 user_id  uuid           @references(users.id, on_delete: cascade)' })
end)

check('names have colours by their meaning', function()
  local token = eventually('a semantic token', function()
    return vim.lsp.semantic_tokens.get_at_pos(0, 1, 6)[1]
  end)
  equal(token.type, 'struct')
  assert(token.modifiers.declaration, vim.inspect(token))
end)

check('inlay hints show the types in the databases', function()
  vim.lsp.inlay_hint.enable(true, { bufnr = 0 })
  local hints = eventually('hints', function()
    local hints = vim.lsp.inlay_hint.get({ bufnr = 0 })
    return #hints > 0 and hints
  end)
  local first = hints[1].inlay_hint
  equal(first.position.line, 2)
  contains(vim.inspect(first.label), 'STRING(36)')
  vim.lsp.inlay_hint.enable(false, { bufnr = 0 })
end)

check('options change in the server that runs, and the help names all of them', function()
  local help = table.concat(vim.fn.readfile(vim.fs.joinpath(root, 'editors/neovim/doc/orm.txt')), '\n')
  local options = assert(load('return ' .. help:match('with their defaults: >lua\n(.-)\n<')))()
  local documented = {}
  for line in io.lines(vim.fs.joinpath(root, 'docs/editor.md')) do
    local section, name, default = line:match('^| `(%w+)%.(%w+)` | `(%w+)` |')
    if section then
      documented[section] = vim.tbl_extend('error', documented[section] or {}, { [name] = default == 'true' })
    end
  end
  equal(options, documented)

  vim.lsp.inlay_hint.enable(true, { bufnr = 0 })
  local function shows_types(wanted)
    eventually('types: ' .. tostring(wanted), function()
      return vim.inspect(vim.lsp.inlay_hint.get({ bufnr = 0 })):find('STRING(36)', 1, true) ~= nil == wanted
    end)
  end
  local before = client().id
  shows_types(true)
  require('orm').configure({ inlayHints = { physicalTypes = false } })
  shows_types(false)
  require('orm').configure({ inlayHints = { physicalTypes = true } })
  shows_types(true)
  equal(client().id, before)
  vim.lsp.inlay_hint.enable(false, { bufnr = 0 })
end)

check('orm.toml counts as it is typed', function()
  edit('users.orm')
  local users = vim.api.nvim_get_current_buf()
  local function complains(wanted)
    eventually('errors: ' .. tostring(wanted), function()
      return #vim.diagnostic.get(users, { severity = vim.diagnostic.severity.ERROR }) > 0 == wanted
    end)
  end
  edit('orm.toml')
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { '[targets]', 'postgres = "12"' })
  complains(true)
  equal(vim.bo.modified, true)
  vim.api.nvim_buf_set_lines(0, 0, -1, false, {})
  complains(false)
  vim.cmd('bdelete!')
  edit('users.orm')
end)

check('a lens counts references, and running it fills the quickfix list', function()
  local lenses = eventually('lenses', function()
    vim.lsp.codelens.refresh({ bufnr = 0 })
    vim.wait(100)
    local lenses = vim.tbl_filter(function(it)
      return it.command and it.command.command == 'orm.showReferences'
    end, vim.lsp.codelens.get(0))
    return #lenses > 0 and lenses
  end)
  equal(lenses[1].command.title, '1 reference')
  equal(lenses[1].range.start.line, 1)
  local found = quickfix(function()
    client():exec_cmd(lenses[1].command, { bufnr = 0 })
  end)
  equal(found, { 'posts.orm:3 user_id  uuid           @references(users.id, on_delete: cascade)' })
end)

check('a code action corrects a type', function()
  edit('posts.orm')
  vim.api.nvim_buf_set_lines(0, 4, 4, false, { '  body  txet' })
  eventually('an error', function()
    return #errors() == 1
  end)
  go_to('txet')
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title:find('text', 1, true) ~= nil
    end,
  })
  eventually('the right type', function()
    return lines():find('body  text', 1, true)
  end)
  eventually('no error', function()
    return #errors() == 0
  end)
end)

check('completion knows the types', function()
  local init = vim.fs.joinpath(vim.fs.dirname(folder), 'init.lua')
  vim.fn.writefile({
    ('vim.opt.runtimepath:prepend(%q)'):format(plugin),
    'vim.o.completeopt = "menuone"',
    ("vim.cmd('filetype plugin on') require('orm').setup({ cmd = { %q, 'lsp' } })"):format(vim.env.ORM_BIN),
  }, init)
  -- Insert mode needs an editor with a main loop.
  local program = { vim.v.progpath, '--embed', '--headless', '-n', '-i', 'NONE', '-u', init }
  local child = vim.fn.jobstart(program, { rpc = true })
  local function ask(code)
    return vim.rpcrequest(child, 'nvim_exec_lua', 'return ' .. code, {})
  end
  vim.rpcrequest(child, 'nvim_command', 'edit ' .. vim.fs.joinpath(folder, 'users.orm'))
  eventually('the client is attached', function()
    return ask("#vim.lsp.get_clients({ name = 'orm', bufnr = 0 }) == 1 and vim.bo.omnifunc ~= ''")
  end)
  vim.rpcrequest(child, 'nvim_input', '3Gonick  varch<C-x><C-o>')
  local words = eventually('a menu', function()
    return ask("vim.fn.pumvisible() == 1 and vim.tbl_map(function(it) return it.word end, vim.fn.complete_info({ 'items' }).items)")
  end)
  vim.rpcrequest(child, 'nvim_input', '<Esc>')
  contains(table.concat(words, ' '), 'varchar')
  vim.fn.jobstop(child)
end)

check('without the plug-in, what the documentation says starts the server', function()
  local documentation = table.concat(vim.fn.readfile(vim.fs.joinpath(root, 'docs/editor-setup.md')), '\n')
  local without = documentation:match('Without the plug%-in.-```lua\n(.-)```')
  local bin = vim.fs.joinpath(vim.fs.dirname(folder), 'bin')
  vim.fn.mkdir(bin, 'p')
  assert(vim.uv.fs_symlink(vim.env.ORM_BIN, vim.fs.joinpath(bin, 'orm')))
  local init = vim.fs.joinpath(vim.fs.dirname(folder), 'without.lua')
  vim.fn.writefile(vim.split(without, '\n'), init)
  local program = { vim.v.progpath, '--embed', '--headless', '-n', '-i', 'NONE', '-u', init }
  local child = vim.fn.jobstart(program, { rpc = true, env = { PATH = bin .. ':' .. vim.env.PATH } })
  vim.rpcrequest(child, 'nvim_command', 'edit ' .. vim.fs.joinpath(folder, 'users.orm'))
  eventually('the client is attached', function()
    local code = "local it = vim.lsp.get_clients({ bufnr = 0 })[1]; return it and it.initialized and it.server_info.name"
    return vim.rpcrequest(child, 'nvim_exec_lua', code, {}) == 'orm'
  end)
  vim.fn.jobstop(child)
end)

check('rename changes every file', function()
  edit('users.orm')
  go_to('users')
  vim.lsp.buf.rename('accounts')
  eventually('the declaration', function()
    return lines():find('table accounts {', 1, true)
  end)
  edit('posts.orm')
  contains(lines(), '@references(accounts.id')
  vim.cmd.undo()
  contains(lines(), '@references(users.id')
  edit('users.orm')
  vim.cmd.undo()
  vim.cmd('silent wall')
  edit('posts.orm')
end)

check(':OrmExplain explains the finding under the cursor', function()
  vim.api.nvim_buf_set_lines(0, 4, 5, false, { '  body  txet' })
  eventually('an error', function()
    return #errors() == 1 and errors()[1].message:find('txet', 1, true)
  end)
  go_to('txet')
  vim.cmd.OrmExplain()
  local window = eventually('a floating window', function()
    return vim.iter(vim.api.nvim_list_wins()):find(function(it)
      return vim.api.nvim_win_get_config(it).relative ~= ''
    end)
  end)
  local text = lines(vim.api.nvim_win_get_buf(window))
  vim.api.nvim_win_close(window, true)
  contains(text, 'ORM010')
  tells('no diagnostic XYZ1', function()
    vim.cmd.OrmExplain('XYZ1')
  end)
  vim.api.nvim_buf_set_lines(0, 4, 5, false, { '  body  text' })
end)

check(':OrmPreviewDdl shows the DDL of both databases, and follows the cursor and the edits', function()
  go_to('posts')
  vim.cmd.OrmPreviewDdl()
  local windows = eventually('two windows', function()
    local both = { window_of('PostgreSQL.sql'), window_of('Spanner.sql') }
    return #both == 2 and both
  end)
  equal(vim.fs.basename(vim.api.nvim_buf_get_name(0)), 'posts.orm')
  local function shows(window, text)
    eventually(text, function()
      return lines(vim.api.nvim_win_get_buf(window)):find(text, 1, true)
    end)
  end
  shows(windows[1], 'CREATE TABLE "posts"')
  shows(windows[2], 'CREATE TABLE posts')
  vim.api.nvim_buf_set_lines(0, 4, 5, false, { '  summary  text' })
  vim.api.nvim_exec_autocmds('TextChanged', { buffer = 0 })
  shows(windows[1], '"summary" TEXT')
  shows(windows[2], 'summary STRING(MAX)')
  go_to('summary')
  vim.api.nvim_exec_autocmds('CursorMoved', { buffer = 0 })
  eventually('the line of the column', function()
    local buffer = vim.api.nvim_win_get_buf(windows[2])
    local marked = vim.iter(vim.api.nvim_buf_get_extmarks(buffer, -1, 0, -1, { details = true }))
    return marked:any(function(it)
      local text = vim.api.nvim_buf_get_lines(buffer, it[2], it[2] + 1, true)[1]
      return it[4].line_hl_group == 'OrmPreviewSelected' and text:find('summary', 1, true)
    end)
  end)
  for _, window in ipairs(windows) do
    equal(vim.bo[vim.api.nvim_win_get_buf(window)].modifiable, false)
    vim.api.nvim_win_close(window, true)
  end
end)

check(':OrmSyntaxTree shows the tree of what the cursor is in', function()
  go_to('summary')
  vim.cmd.OrmSyntaxTree()
  local window = eventually('a window', function()
    return window_of('syntax-tree')
  end)
  contains(lines(vim.api.nvim_win_get_buf(window)), 'table_declaration')
  vim.api.nvim_buf_set_lines(0, -1, -1, false, { 'enum Mood { good, bad }' })
  go_to('Mood')
  vim.api.nvim_exec_autocmds('CursorMoved', { buffer = 0 })
  eventually('the tree of the enum', function()
    return lines(vim.api.nvim_win_get_buf(window)):find('enum_declaration', 1, true)
  end)
  vim.api.nvim_win_close(window, true)
  vim.api.nvim_buf_set_lines(0, -2, -1, false, {})
end)

check(':OrmCreateMigration says what is not saved, then writes and opens the migration', function()
  tells(':wall', function()
    vim.cmd.OrmCreateMigration('first')
  end)
  vim.cmd('silent wall')
  vim.cmd.OrmCreateMigration('first')
  eventually('the migration is shown', function()
    return vim.api.nvim_buf_get_name(0):find('first%.sql$')
  end)
  contains(lines(), 'CREATE TABLE "posts"')
  vim.cmd.bdelete()
  edit('posts.orm')
end)

check('what would lose data is written with ! only', function()
  local without = vim.api.nvim_buf_get_lines(0, 4, 5, false)
  vim.api.nvim_buf_set_lines(0, 4, 5, false, {})
  vim.cmd('silent write')
  tells(':OrmCreateMigration! drop', function()
    vim.cmd.OrmCreateMigration('drop')
  end)
  equal(#vim.fn.glob(folder .. '/**/*.sql', false, true), 1)
  vim.api.nvim_buf_set_lines(0, 4, 4, false, without)
  vim.cmd('silent write')
end)

check('a lens shows the next migration', function()
  vim.api.nvim_buf_set_lines(0, 5, 5, false, { '  stars  integer = 0' })
  local lens = eventually('the lens', function()
    vim.lsp.codelens.refresh({ bufnr = 0 })
    vim.wait(100)
    return vim.iter(vim.lsp.codelens.get(0)):find(function(it)
      return it.command and it.command.command == 'orm.showMigration' and it.command.title:find('stars', 1, true)
    end)
  end)
  contains(lens.command.title, 'PostgreSQL: ')
  client():exec_cmd(lens.command, { bufnr = 0 })
  local window = eventually('the statements', function()
    return window_of('migration/PostgreSQL.sql')
  end)
  contains(lines(vim.api.nvim_win_get_buf(window)), 'ALTER TABLE')
  vim.cmd('only')
end)

check('the preview highlights what the migrations do not make yet', function()
  go_to('stars')
  vim.cmd.OrmPreviewDdl()
  local window = eventually('the preview', function()
    return window_of('ddl/PostgreSQL.sql')
  end)
  local buffer = vim.api.nvim_win_get_buf(window)
  local changed = eventually('changed lines', function()
    local marks = vim.iter(vim.api.nvim_buf_get_extmarks(buffer, -1, 0, -1, { details = true }))
    local found = marks:filter(function(it)
      return it[4].line_hl_group == 'OrmPreviewChanged'
    end)
    local texts = found:map(function(it)
      return vim.trim(vim.api.nvim_buf_get_lines(buffer, it[2], it[2] + 1, true)[1])
    end):totable()
    return #texts > 0 and texts
  end)
  equal(#changed, 1)
  contains(changed[1], '"stars" INTEGER')
  vim.cmd('only')
end)

check(':OrmRestart starts another server for the open files', function()
  local before = client()
  vim.cmd.OrmRestart()
  assert(before:is_stopped())
  eventually('another client', function()
    return client() and client().initialized and client().id ~= before.id
  end)
end)

check('two projects have a server each, and :OrmRestart starts both anew', function()
  local other = vim.fs.joinpath(vim.fs.dirname(folder), 'other project')
  vim.fn.mkdir(other, 'p')
  vim.fn.writefile({}, vim.fs.joinpath(other, 'orm.toml'))
  vim.fn.writefile({ 'table users {', '  id  integer  @primary_key', '  age  intger', '}' }, vim.fs.joinpath(other, 'users.orm'))
  vim.cmd.edit(vim.fn.fnameescape(vim.fs.joinpath(other, 'users.orm')))
  eventually('the error of this project', function()
    return #errors() == 1 and errors()[1].message:find('intger', 1, true)
  end)
  local function roots()
    local running = vim.tbl_filter(function(it)
      return it.initialized and not it:is_stopped()
    end, vim.lsp.get_clients({ name = 'orm' }))
    local found = vim.tbl_map(function(it)
      return vim.fs.basename(it.root_dir)
    end, running)
    table.sort(found)
    return found, running
  end
  local found, before = roots()
  equal(found, { 'other project', 'project' })
  vim.cmd.OrmRestart()
  eventually('both again', function()
    return vim.deep_equal((roots()), found)
  end)
  for _, it in ipairs(before) do
    assert(it:is_stopped(), 'an old server runs')
  end
  eventually('the error again', function()
    return #errors() == 1
  end)
  client():stop()
  eventually('its server ends', function()
    return #roots() == 1
  end)
  vim.cmd('bdelete!')
end)

check('a file outside of any project has a server, too', function()
  local lone = vim.fs.joinpath(vim.fs.dirname(folder), 'lone')
  vim.fn.mkdir(lone, 'p')
  vim.fn.writefile({ 'table notes {', '  id  intger  @primary_key', '}' }, vim.fs.joinpath(lone, 'notes.orm'))
  vim.cmd.edit(vim.fs.joinpath(lone, 'notes.orm'))
  eventually('an error', function()
    return #errors() == 1
  end)
  equal(client().root_dir, nil)
  vim.api.nvim_buf_set_lines(0, 1, 2, false, { '  id  integer  @primary_key' })
  eventually('no error', function()
    return #errors() == 0
  end)
  client():stop()
  vim.cmd('bdelete!')
end)

check('lines are indented while they are typed, and by =', function()
  local text = {
    '// {',
    'enum Mood {',
    '  good, "bad {"',
    '}',
    'query all(',
    '  name: text = "("  // [',
    ') : many {',
    '  from users',
    '  select id, posts {',
    '    title',
    '  }',
    '}',
  }
  vim.cmd.enew()
  vim.bo.filetype = 'orm'
  vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.tbl_map(vim.trim, text))
  vim.cmd('normal! gg=G')
  equal(vim.api.nvim_buf_get_lines(0, 0, -1, false), text)
  vim.api.nvim_buf_set_lines(0, 0, -1, false, {})
  vim.cmd('normal! ienum Mood {\rgood\r}\renum')
  equal(vim.api.nvim_buf_get_lines(0, 0, -1, false), { 'enum Mood {', '  good', '}', 'enum' })
  vim.cmd('bdelete!')
end)

check(':OrmLog opens the log', function()
  vim.cmd.OrmLog()
  equal(vim.fs.basename(vim.api.nvim_buf_get_name(0)), 'lsp.log')
  vim.cmd.tabclose()
end)

check(':OrmDocs opens the documentation', function()
  local open, opened = vim.ui.open, nil
  vim.ui.open = function(address)
    opened = address
  end
  vim.cmd.OrmDocs()
  vim.ui.open = open
  contains(opened, '/docs/')
end)

check('a server of another version is told, with which of the two to update', function()
  local mismatch = require('orm.version').mismatch
  equal(mismatch('0.1.9', '0.1.0'), nil)
  equal(mismatch('1.9.0', '1.0.0'), nil)
  contains(mismatch('0.1.9', '0.2.0'), 'update the program')
  contains(mismatch('2.0.0', '1.4.0'), 'update the plug-in')
  contains(mismatch(nil, '0.1.0'), 'update the program')
  equal(mismatch(client().server_info.version), nil)
end)

check(':OrmBuildParser compiles the parser, and tree-sitter parses with it', function()
  local site = vim.fs.joinpath(folder, 'site')
  require('orm.parser').default_output = function()
    return vim.fs.joinpath(site, 'parser', 'orm.so')
  end
  vim.cmd.OrmBuildParser()
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

--- The texts that a query captures in a source, by the names of the captures.
local function captured(query_name, source)
  local query = assert(vim.treesitter.query.get('orm', query_name), query_name .. ': no such query')
  local root = vim.treesitter.get_string_parser(source, 'orm'):parse()[1]:root()
  local found = {}
  for _, match, metadata in query:iter_matches(root, source) do
    for id, nodes in pairs(match) do
      local name = query.captures[id]
      for _, node in ipairs(nodes) do
        found[name] = found[name] or {}
        local _, _, first, _, _, last = unpack(vim.treesitter.get_range(node, source, metadata[id]))
        table.insert(found[name], source:sub(first + 1, last))
      end
    end
  end
  return found
end

check('SQL in texts is SQL, without its quotation marks', function()
  local found = captured('injections', 'view v = sql("SELECT 1")\nraw postgres """\nSELECT 2\n"""\ntable t { a text = "SELECT 3" }\n')
  equal(found['injection.content'], { 'SELECT 1', '\nSELECT 2\n' })
end)

check('text objects are declarations, bodies, members and arguments', function()
  local found = captured('textobjects', 'table t {\n  a  text  @unique\n}\nquery q(id: uuid) : many {\n  from t\n}\n')
  equal(found['class.outer'], { 'table t {\n  a  text  @unique\n}' })
  equal(found['function.inner'], { '{\n  from t\n}' })
  equal(found['parameter.inner'], { 'id: uuid' })
  equal(found['statement.outer'], { 'a  text  @unique', 'from t' })
end)

check('what nvim-treesitter indents by, and what tells names, fits the grammar', function()
  local source = 'enum Mood {\n  good\n}\nquery q(id: uuid) : many {\n  from t\n}\n'
  equal(captured('indents', source)['indent.begin'], { '{\n  good\n}', '(id: uuid)', '{\n  from t\n}' })
  equal(captured('locals', source)['local.definition.parameter'], { 'id' })
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

check(':checkhealth orm says what is wrong, and what to do', function()
  local function report(cmd)
    vim.lsp.config('orm', { cmd = cmd })
    vim.cmd('checkhealth orm')
    local text = lines()
    vim.cmd.bdelete()
    return text
  end
  contains(report({ '/nowhere/orm', 'lsp' }), 'ERROR `/nowhere/orm` cannot be run')
  local other = vim.fs.joinpath(folder, 'other')
  vim.fn.writefile({ '#!/bin/sh', 'echo orm 9.0.0' }, other)
  vim.fn.setfperm(other, 'rwxr-xr-x')
  local text = report({ other, 'lsp' })
  contains(text, 'update the plug-in')
  contains(text, ':OrmRestart starts the new one')
  vim.lsp.config('orm', { cmd = { vim.env.ORM_BIN, 'lsp' } })
end)

check('the help and the README describe every command', function()
  local plugin_folder = vim.fs.joinpath(root, 'editors/neovim')
  local help = table.concat(vim.fn.readfile(vim.fs.joinpath(plugin_folder, 'doc/orm.txt')), '\n')
  local readme = table.concat(vim.fn.readfile(vim.fs.joinpath(plugin_folder, 'README.md')), '\n')
  local names = vim.tbl_filter(function(it)
    return vim.startswith(it, 'Orm')
  end, vim.tbl_keys(vim.api.nvim_get_commands({})))
  equal(#names, 8)
  for _, name in ipairs(names) do
    contains(help, ('*:%s*'):format(name))
    contains(readme, '`:' .. name)
  end
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

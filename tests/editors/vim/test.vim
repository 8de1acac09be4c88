" Vim itself, with ALE as docs/editor-setup.md says:
"   ORM_BIN=… vim -Nu NONE -i NONE -n -es -S tests/editors/vim/test.vim

let s:patience = 1000 * str2nr(empty($ORM_PATIENCE) ? '60' : $ORM_PATIENCE)
let s:root = fnamemodify(resolve(expand('<sfile>:p')), ':h:h:h:h')
let s:folder = resolve(tempname())
let s:counts = {'passed': 0, 'failed': 0}

function s:print(text) abort
  call writefile(split(a:text, "\n"), '/dev/stdout', 'a')
endfunction

function s:check(name, Body) abort
  try
    call a:Body()
    let s:counts.passed += 1
    call s:print('ok ' . a:name)
  catch
    let s:counts.failed += 1
    call s:print('not ok ' . a:name . "\n" . v:exception . "\n" . v:throwpoint)
  endtry
endfunction

" Waits until `Probe` gives something, and returns that.
function s:eventually(what, Probe) abort
  let start = reltime()
  while reltimefloat(reltime(start)) * 1000 < s:patience
    let value = a:Probe()
    if !empty(value)
      return value
    endif
    sleep 20m
  endwhile
  throw a:what . ': not in time'
endfunction

function s:contains(text, part) abort
  if stridx(a:text, a:part) < 0
    throw string(a:part) . ' is not in: ' . a:text
  endif
endfunction

function s:equal(actual, expected) abort
  if a:actual !=# a:expected
    throw 'expected ' . string(a:expected) . ', got ' . string(a:actual)
  endif
endfunction

function s:errors() abort
  return filter(copy(ale#engine#GetLoclist(bufnr(''))), {_, it -> it.type ==# 'E'})
endfunction

function s:go_to(text) abort
  call cursor(1, 1)
  if !search('\V' . escape(a:text, '\'), 'cW')
    throw a:text . ' is not in ' . bufname('')
  endif
endfunction

function s:text() abort
  return join(getline(1, '$'), "\n")
endfunction

" Replaces the first `text`, as if somebody had typed it.
function s:retype(text, replacement) abort
  call s:go_to(a:text)
  call setline('.', substitute(getline('.'), '\V' . escape(a:text, '\'), a:replacement, ''))
  doautocmd TextChanged
endfunction

" What the documentation tells users of Vim.
function s:documented() abort
  let lines = readfile(s:root . '/docs/editor-setup.md')
  let section = lines[index(lines, '## Vim') : ]
  let block = section[index(section, '```vim') + 1 : ]
  return block[: index(block, '```') - 1]
endfunction

function s:prepare() abort
  call mkdir(s:folder . '/bin', 'p')
  call system('cp -r ' . shellescape(s:root . '/examples/uploads') . ' ' . shellescape(s:folder . '/project'))
  call system('ln -s ' . shellescape($ORM_BIN) . ' ' . shellescape(s:folder . '/bin/orm'))
  if !filereadable(s:folder . '/project/orm.toml')
    call writefile([], s:folder . '/project/orm.toml')
  endif
  let $PATH = s:folder . '/bin:' . $PATH
  call writefile(s:documented(), s:folder . '/vimrc')
endfunction

function s:sets_up() abort
  set hidden
  execute 'source' fnameescape(s:folder . '/vimrc')
  filetype plugin on
endfunction

function s:starts() abort
  execute 'edit' fnameescape(s:folder . '/project/schema/uploads.orm')
  call s:equal(&filetype, 'orm')
  call s:retype('name   text?', 'name   txet?')
  let error = s:eventually('an error', {-> s:errors()})[0]
  call s:contains(error.text, 'txet')
  call s:equal(strpart(getline(error.lnum), error.col - 1, error.end_col - error.col + 1), 'txet')
endfunction

function s:corrects() abort
  call s:retype('txet', 'text')
  call s:eventually('no error', {-> empty(s:errors())})
endfunction

function s:hovers() abort
  call s:go_to('users {')
  let g:ale_hover_to_preview = 1
  ALEHover
  call s:eventually('a window', {-> bufnr('ALEPreviewWindow') > 0 && join(getbufline('ALEPreviewWindow', 1, '$'), "\n") =~# 'CREATE TABLE'})
  let shown = join(getbufline('ALEPreviewWindow', 1, '$'), "\n")
  for part in ['PostgreSQL', 'UUID', 'Spanner', 'STRING(36)']
    call s:contains(shown, part)
  endfor
  pclose
endfunction

function s:leads() abort
  execute 'edit' fnameescape(s:folder . '/project/schema/queries.orm')
  call s:eventually('the server knows the file', {-> ale#engine#IsCheckingBuffer(bufnr('')) == 0})
  call s:go_to('posts(order_by')
  ALEGoToDefinition
  call s:eventually('the other file', {-> expand('%:t') ==# 'uploads.orm'})
  call s:equal(getline('.'), 'table posts {')
endfunction

function s:completes() abort
  call s:retype('name   text?', 'name   varch')
  call s:go_to('name   varch')
  call feedkeys("A\<C-X>\<C-O>\<Esc>", 'x')
  call s:contains(getline('.'), 'name   varchar')
  call setline('.', '  name   text?')
  call s:eventually('no error', {-> empty(s:errors())})
endfunction

function s:refers() abort
  call s:go_to('users {')
  ALEFindReferences -quickfix
  let places = s:eventually('a quickfix list', {-> getqflist()})
  let files = map(places, {_, it -> fnamemodify(bufname(it.bufnr), ':t')})
  call s:equal(uniq(sort(files)), ['queries.orm', 'uploads.orm'])
  cclose
  buffer uploads.orm
endfunction

" What somebody answers who is asked: a function of the question.
function s:answer(Answer) abort
  let s:Answer = a:Answer
  function! ale#util#Input(message, value, ...) abort
    return s:Answer(a:message)
  endfunction
endfunction

function s:renames() abort
  call s:go_to('users {')
  call s:answer({_ -> 'people'})
  ALERename
  call s:eventually('the new name', {-> s:text() =~# 'table people @was(users) {'})
  call s:contains(s:text(), '@references(people.id')
  let queries = bufnr('queries.orm')
  call s:contains(join(getbufline(queries, 1, '$'), "\n"), 'from people')
  undo
  call s:contains(s:text(), 'table users {')
endfunction

function s:acts() abort
  call s:retype('name   text?', 'name   txet?')
  call s:eventually('an error', {-> s:errors()})
  call s:go_to('txet')
  call s:answer({question -> matchstr(question, '\d\+\ze) [^\n]*text')})
  ALECodeAction
  call s:eventually('the right type', {-> s:text() =~# 'name   text?'})
endfunction

function s:formats() abort
  call s:retype('  email  text   @unique', '        email text @unique')
  ALEFix
  call s:eventually('the format', {-> s:text() =~# '\n  email  text   @unique\n'})
endfunction

call s:prepare()
call s:check('what the documentation says can be read', function('s:sets_up'))
call s:check('an error is under the word that is wrong', function('s:starts'))
call s:check('it goes when it is corrected', function('s:corrects'))
call s:check('ALEHover shows the DDL of both databases', function('s:hovers'))
call s:check('ALEGoToDefinition leads to the other file', function('s:leads'))
call s:check('completion knows the types', function('s:completes'))
call s:check('ALEFindReferences fills the quickfix list', function('s:refers'))
call s:check('ALERename changes every file, and keeps the data of what was migrated', function('s:renames'))
call s:check('ALECodeAction corrects a type', function('s:acts'))
call s:check('ALEFix formats', function('s:formats'))
call delete(s:folder, 'rf')
call s:print(s:counts.passed . ' passed, ' . s:counts.failed . ' failed')
if s:counts.failed > 0
  cquit
endif
qall!

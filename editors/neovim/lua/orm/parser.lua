--- Builds the tree-sitter parser from the C sources that stand in the same repository.
local M = {}

--- The folder of C sources: `tree-sitter-orm/src`, next to `editors/` in the repository.
---@return string
function M.source_dir()
  -- The plug-in folder may be a link into the repository.
  local here = vim.fs.dirname(vim.uv.fs_realpath(debug.getinfo(1, 'S').source:sub(2)))
  return vim.fs.normalize(vim.fs.joinpath(here, '../../../../tree-sitter-orm/src'))
end

--- Where the compiled parser goes: a folder that is on 'runtimepath' of every Neovim of this user.
---@return string
function M.default_output()
  return vim.fs.joinpath(vim.fn.stdpath('data'), 'site', 'parser', 'orm.so')
end

--- Compiles the parser with `$CC`, or `cc`. Raises an error that shows what the compiler said.
---@param output? string the file to write; |orm.parser.default_output()| when left out
function M.build(output)
  output = output or M.default_output()
  local source = M.source_dir()
  if not vim.uv.fs_stat(source .. '/parser.c') then
    error(('orm: no parser sources in %s. Use this plug-in from a clone of the whole repository.'):format(source), 0)
  end
  vim.fn.mkdir(vim.fs.dirname(output), 'p')
  local command = { vim.env.CC or 'cc', '-O2', '-fPIC', '-shared', '-I' .. source, source .. '/parser.c' }
  if vim.uv.fs_stat(source .. '/scanner.c') then
    table.insert(command, source .. '/scanner.c')
  end
  vim.list_extend(command, { '-o', output })
  M.run(command)
  vim.notify('orm: wrote ' .. output .. '; open .orm files again to see its colours')
end

---@param command string[]
function M.run(command)
  local started, process = pcall(vim.system, command, { text = true })
  if not started then
    error(('orm: there is no C compiler `%s`; install one or set $CC'):format(command[1]), 0)
  end
  local result = process:wait()
  if result.code ~= 0 then
    error(('orm: %s failed:\n%s'):format(table.concat(command, ' '), result.stderr), 0)
  end
end

return M

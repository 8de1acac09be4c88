--- `:checkhealth orm`
local M = {}
local health = vim.health
local version = require('orm.version')

local function check_neovim()
  if vim.fn.has('nvim-0.11') == 1 then
    health.ok('Neovim ' .. tostring(vim.version()))
  else
    health.error('Neovim 0.11 or newer is needed, this is ' .. tostring(vim.version()))
  end
end

--- The program on disk, and the servers that were started from it before it may have been updated.
local function check_version(program)
  local answer = vim.system({ program, '--version' }, { text = true }):wait()
  local line = vim.trim(answer.stdout .. answer.stderr)
  local problem = version.mismatch(line:match('^orm (%S+)$'))
  if problem then
    health.warn(('%s: %s'):format(vim.fn.exepath(program), problem))
  else
    health.ok(('%s: %s, which fits the plug-in'):format(vim.fn.exepath(program), line))
  end
  for _, client in ipairs(vim.lsp.get_clients({ name = 'orm' })) do
    local running = client.server_info and client.server_info.version
    if running and line ~= 'orm ' .. running then
      health.warn(('orm %s runs, which is not the program on disk'):format(running), ':OrmRestart starts the new one')
    end
  end
end

local function check_server()
  local config = vim.lsp.config.orm
  local command = config and config.cmd
  if type(command) ~= 'table' then
    health.warn('The language server is not configured', "Call require('orm').setup() in your configuration")
    return
  end
  if vim.fn.executable(command[1]) == 0 then
    health.error(('`%s` cannot be run'):format(command[1]), {
      'Install orm, so that `orm --version` answers in a terminal',
      "or name it: require('orm').setup({ cmd = { '/path/to/orm', 'lsp' } })",
    })
    return
  end
  check_version(command[1])
  if vim.lsp.is_enabled('orm') then
    health.ok(('enabled; %d running'):format(#vim.lsp.get_clients({ name = 'orm' })))
  else
    health.warn('The language server is not enabled', "Call require('orm').setup(), or vim.lsp.enable('orm')")
  end
end

local function check_parser()
  if not vim.treesitter.language.add('orm') then
    health.warn('No tree-sitter parser: colours come from regular expressions', 'Run :OrmBuildParser (needs a C compiler)')
    return
  end
  local readable, query = pcall(vim.treesitter.query.get, 'orm', 'highlights')
  if not readable then
    health.error('The parser does not fit the queries: ' .. query, 'Run :OrmBuildParser')
  elseif not query then
    health.error("No queries/orm/highlights.scm on 'runtimepath'", 'Install the whole folder editors/neovim')
  else
    health.ok('tree-sitter parser and queries')
  end
end

function M.check()
  health.start('orm: Neovim')
  check_neovim()
  health.start('orm: language server')
  check_server()
  health.start('orm: syntax')
  check_parser()
end

return M

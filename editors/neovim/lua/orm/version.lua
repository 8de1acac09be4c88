--- Whether the language server fits this plug-in.
local M = {}

local PLUGIN = '0.1.0'

--- What decides as SemVer means it: from 1.0 on the major number, before it the minor number.
---@param version string
---@return integer major, integer minor
local function series(version)
  local parsed = vim.version.parse(version)
  if not parsed then
    return 0, 0
  end
  return parsed.major, parsed.major == 0 and parsed.minor or 0
end

--- What is wrong with the version of the program, and what to do; nothing where it fits.
---@param server? string the version; nothing where the server says none
---@param plugin? string the version of the plug-in
---@return string?
function M.mismatch(server, plugin)
  plugin = plugin or PLUGIN
  local our_major, our_minor = series(plugin)
  local major, minor = series(server or '')
  if major == our_major and minor == our_minor then
    return nil
  end
  local is_older = major < our_major or (major == our_major and minor < our_minor)
  return ('the program is orm %s, the plug-in is made for orm %s: update the %s'):format(
    server or 'of an unknown version',
    our_major == 0 and '0.' .. our_minor or our_major,
    is_older and 'program' or 'plug-in'
  )
end

--- Says it once if the server does not fit. An |on_init| of |vim.lsp.Config|.
---@param client vim.lsp.Client
function M.check(client)
  local problem = M.mismatch(client.server_info and client.server_info.version)
  if problem then
    vim.notify_once('orm: ' .. problem, vim.log.levels.WARN)
  end
end

return M

--- Commands of the client that lenses of the server call.
local M = {}

local function client_of(context)
  return assert(vim.lsp.get_client_by_id(context.client_id), 'the language server that made the lens is gone')
end

--- Which of them there are is told to the server in `init_options`: see `lsp/orm.lua`.
---@type table<string, fun(command: lsp.Command, context: table)>
M.commands = {
  --- Arguments: URI, position, locations.
  ['orm.showReferences'] = function(command, context)
    local locations = command.arguments[3]
    local items = vim.lsp.util.locations_to_items(locations, client_of(context).offset_encoding)
    vim.fn.setqflist({}, ' ', { title = 'orm: ' .. command.title, items = items })
    vim.cmd('botright copen')
  end,

  --- Arguments: URI, position or null.
  ['orm.showMigration'] = function(command, context)
    local uri, position = command.arguments[1], command.arguments[2]
    require('orm.migration').show(client_of(context), uri, position ~= vim.NIL and position or nil)
  end,

  --- Arguments: what the server's command of this name takes, but for the name.
  ['orm.createMigration'] = function(command)
    require('orm.migration').create(vim.deepcopy(command.arguments[1]))
  end,
}

return M

--- The syntax tree of the declaration under the cursor, beside it.
local M = {}
local follower = require('orm.follower')
local server = require('orm.server')
local side = require('orm.side')

local function ask(client, buffer, answered)
  local position = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local range = { start = position.position, ['end'] = position.position }
  local params = { textDocument = position.textDocument, range = range }
  client:request('orm/syntaxTree', params, function(problem, tree)
    answered(side.write('syntax-tree', 'query', not problem and tree or ''))
  end, buffer)
end

function M.open()
  local buffer = vim.api.nvim_get_current_buf()
  local client = server.wanted_client(buffer)
  if not client then
    return
  end
  ask(client, buffer, function(tree)
    side.show({ tree })
    local function is_wanted()
      return side.is_shown({ tree })
    end
    follower.follow('orm.syntax_tree', is_wanted, ask)
  end)
end

return M

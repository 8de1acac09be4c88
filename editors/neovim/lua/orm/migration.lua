--- The next migration: looking at it, and writing it.
local M = {}
local server = require('orm.server')
local side = require('orm.side')

local NOTHING = 'orm: the schema is what the migrations make; there is nothing to migrate'

--- Shows what the next migration does, beside the schema. Called by a lens.
---@param client vim.lsp.Client
---@param uri string
---@param position? lsp.Position of a declaration; nothing for all
function M.show(client, uri, position)
  local params = { textDocument = { uri = uri }, position = position }
  server.ask(client, 'orm/previewMigration', params, vim.uri_to_bufnr(uri), function(answer)
    if not answer or #answer == 0 then
      vim.notify(NOTHING)
      return
    end
    side.show(vim.tbl_map(function(it)
      return side.write(('migration/%s.sql'):format(it.title), it.languageId, it.text)
    end, answer))
  end)
end

---@class orm.NewMigration
---@field textDocument? lsp.TextDocumentIdentifier a file of the project
---@field name? string
---@field acceptDataLoss? boolean

--- What the server refused, with what to do about it here.
---@param problem lsp.ResponseError
---@param name string
local function refusal(problem, name)
  local data = type(problem.data) == 'table' and problem.data or {}
  local lines = { 'orm: ' .. problem.message }
  if data.reason == 'dataLoss' then
    vim.list_extend(lines, data.losses or {})
    table.insert(lines, (':OrmCreateMigration! %s creates it all the same'):format(name))
  elseif data.reason == 'unsaved' then
    table.insert(lines, ':wall saves them')
  end
  return table.concat(lines, '\n')
end

---@param client vim.lsp.Client
---@param buffer integer
---@param wanted orm.NewMigration
local function send(client, buffer, wanted)
  local params = { command = 'orm.createMigration', arguments = { wanted } }
  client:request('workspace/executeCommand', params, function(problem, created)
    if problem then
      vim.notify(refusal(problem, wanted.name), vim.log.levels.ERROR)
    elseif #created.files == 0 then
      vim.notify(NOTHING)
    else
      for _, file in ipairs(created.files) do
        vim.cmd.edit(vim.fn.fnameescape(vim.uri_to_fname(file)))
      end
    end
  end, buffer)
end

--- Writes what changed as a migration and opens it; asks for a name where none is given.
---@param wanted orm.NewMigration
function M.create(wanted)
  local buffer = vim.api.nvim_get_current_buf()
  local client = server.wanted_client(buffer)
  if not client then
    return
  end
  wanted.textDocument = wanted.textDocument or vim.lsp.util.make_text_document_params(buffer)
  if wanted.name then
    send(client, buffer, wanted)
    return
  end
  vim.ui.input({ prompt = 'Name of the migration: ' }, function(name)
    if name and vim.trim(name) ~= '' then
      send(client, buffer, vim.tbl_extend('force', wanted, { name = vim.trim(name) }))
    end
  end)
end

return M

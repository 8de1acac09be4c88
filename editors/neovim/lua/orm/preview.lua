--- The DDL of a project beside its schema: a buffer for each database, that follows the cursor and the edits.
local M = {}
local follower = require('orm.follower')
local server = require('orm.server')
local side = require('orm.side')

local marks = vim.api.nvim_create_namespace('orm.preview')
vim.api.nvim_set_hl(0, 'OrmPreviewChanged', { link = 'DiffAdd', default = true })
vim.api.nvim_set_hl(0, 'OrmPreviewSelected', { link = 'CursorLine', default = true })

--- The buffer of each result, by its `resultId`: the server sends no text that is there.
---@type table<string, integer>
local shown = {}

--- What the text leaves out stands above it, a line each.
local function with_heading(ddl)
  local heading = vim.tbl_map(function(it)
    return '-- Not here: ' .. it .. '\n'
  end, ddl.missing)
  return table.concat(heading) .. ddl.text
end

local function mark(buffer, ranges, group, offset, priority)
  for _, range in ipairs(ranges) do
    for line = range.startLine + offset, range.endLine + offset do
      vim.api.nvim_buf_set_extmark(buffer, marks, line, 0, { line_hl_group = group, priority = priority })
    end
  end
end

--- Moves the view so that a range is in it.
local function reveal(buffer, range, offset)
  local window = side.window(buffer)
  if window then
    vim.api.nvim_win_set_cursor(window, { range.startLine + offset + 1, 0 })
    vim.api.nvim_win_call(window, function()
      if range.endLine + offset + 1 > vim.fn.line('w$') then
        vim.cmd('normal! zz')
      end
    end)
  end
end

local function highlight(buffer, ddl)
  local offset = #ddl.missing
  vim.api.nvim_buf_clear_namespace(buffer, marks, 0, -1)
  mark(buffer, ddl.changed or {}, 'OrmPreviewChanged', offset, 10)
  mark(buffer, ddl.selection, 'OrmPreviewSelected', offset, 20)
  if ddl.selection[1] then
    reveal(buffer, ddl.selection[1], offset)
  end
end

--- Writes what the server answered; gives the buffers, in its order.
---@return integer[]
local function write(answer)
  local buffers, results = {}, {}
  for _, ddl in ipairs(answer) do
    local buffer = shown[ddl.resultId]
    if ddl.text then
      buffer = side.write(('ddl/%s.sql'):format(ddl.title), ddl.languageId, with_heading(ddl))
    end
    if buffer then
      results[ddl.resultId] = buffer
      highlight(buffer, ddl)
      table.insert(buffers, buffer)
    end
  end
  shown = results
  return buffers
end

---@param answered fun(buffers: integer[])
local function ask(client, buffer, answered)
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  params.previousResultIds = vim.tbl_keys(shown)
  client:request('orm/previewDdl', params, function(problem, answer)
    -- An edit came in between: there is nothing to tell, the next question has it.
    answered(not problem and answer and write(answer) or {})
  end, buffer)
end

--- Opens the preview of the project that the current buffer belongs to.
function M.open()
  local buffer = vim.api.nvim_get_current_buf()
  local client = server.wanted_client(buffer)
  if not client then
    return
  end
  shown = {}
  ask(client, buffer, function(buffers)
    if #buffers == 0 then
      vim.notify('orm: the language server has no DDL for this buffer', vim.log.levels.WARN)
      return
    end
    side.show(buffers)
    local function is_wanted()
      return side.is_shown(vim.tbl_values(shown))
    end
    follower.follow('orm.preview', is_wanted, ask):refresh()
  end)
end

return M

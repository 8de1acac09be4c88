--- What follows the cursor and the edits of schemas.
local M = {}
local server = require('orm.server')

local EVENTS = { 'CursorMoved', 'CursorMovedI', 'TextChanged', 'TextChangedI', 'BufEnter' }

---@class orm.Follower
---@field ask fun(client: vim.lsp.Client, buffer: integer, done: fun()) brings it up to date, and calls `done`
---@field is_wanted fun(): boolean whether anybody looks at what follows
---@field private is_busy boolean
---@field private is_stale boolean
---@field private group? integer nothing once it has ended
local Follower = {}
Follower.__index = Follower

--- Starts to follow; the first time that nobody looks any more, it ends.
---@param name string of its autocommands
---@param is_wanted fun(): boolean
---@param ask fun(client: vim.lsp.Client, buffer: integer, done: fun())
---@return orm.Follower
function M.follow(name, is_wanted, ask)
  local follower = setmetatable({ ask = ask, is_wanted = is_wanted, is_busy = false, is_stale = false }, Follower)
  follower.group = vim.api.nvim_create_augroup(name, { clear = true })
  vim.api.nvim_create_autocmd(EVENTS, {
    group = follower.group,
    pattern = '*.orm',
    callback = function()
      follower:refresh()
    end,
  })
  return follower
end

--- One question at a time; what happens meanwhile is asked about afterwards, once.
function Follower:refresh()
  if self.group and not self.is_wanted() then
    vim.api.nvim_del_augroup_by_id(self.group)
    self.group = nil
  end
  if not self.group then
    return
  end
  if self.is_busy then
    self.is_stale = true
    return
  end
  if vim.bo.filetype ~= 'orm' then
    return
  end
  local buffer = vim.api.nvim_get_current_buf()
  local client = server.client(buffer)
  if not client then
    return
  end
  self.is_busy, self.is_stale = true, false
  self.ask(client, buffer, function()
    self.is_busy = false
    if self.is_stale then
      self:refresh()
    end
  end)
end

return M

--- Buffers beside a schema, which nobody edits.
local M = {}

--- The buffer of this name with these lines; a view that shows it stays where it is.
---@param name string what stands in its window's title
---@param filetype string
---@param text string
---@return integer buffer
function M.write(name, filetype, text)
  local buffer = vim.fn.bufadd('orm://' .. name)
  if not vim.api.nvim_buf_is_loaded(buffer) then
    vim.fn.bufload(buffer)
    vim.bo[buffer].buftype = 'nofile'
    vim.bo[buffer].bufhidden = 'hide'
    vim.bo[buffer].swapfile = false
    vim.bo[buffer].undolevels = -1
    vim.bo[buffer].filetype = filetype
  end
  local lines = vim.split((text:gsub('\n$', '')), '\n')
  if not vim.deep_equal(lines, vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) then
    vim.bo[buffer].modifiable = true
    vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  end
  vim.bo[buffer].modifiable = false
  return buffer
end

--- The window of this tab page that shows a buffer.
---@param buffer integer
---@return integer? window
function M.window(buffer)
  return vim.iter(vim.api.nvim_tabpage_list_wins(0)):find(function(it)
    return vim.api.nvim_win_get_buf(it) == buffer
  end)
end

--- Shows buffers one below the other, beside the window that has the cursor, which keeps it.
---@param buffers integer[]
function M.show(buffers)
  local above
  for _, buffer in ipairs(buffers) do
    local place = above and { split = 'below', win = above } or { split = 'right', win = 0 }
    above = M.window(buffer) or vim.api.nvim_open_win(buffer, false, place)
  end
end

--- Whether any of the buffers is seen.
---@param buffers integer[]
---@return boolean
function M.is_shown(buffers)
  return vim.iter(buffers):any(M.window)
end

return M

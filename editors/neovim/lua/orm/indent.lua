--- Indentation: one step for each bracket that is open at the end of the line before. 'indentexpr' of ftplugin/orm.lua.
local M = {}

--- The brackets of a line, but for those in texts and comments, from the left to the right.
---@param line string
---@return string
local function brackets(line)
  local bare = line:gsub('"""', ''):gsub('"[^"]*"', ''):gsub("'[^']*'", ''):gsub('`[^`]*`', ''):gsub('//.*', '')
  return (bare:gsub('[^%[%](){}]', ''))
end

---@param lnum integer counted from 1
---@return integer columns
function M.of_line(lnum)
  local before = vim.fn.prevnonblank(lnum - 1)
  if before == 0 then
    return 0
  end
  local step = vim.fn.shiftwidth()
  local opens = brackets(vim.fn.getline(before)):match('[%[({]$') ~= nil
  local closes = vim.fn.getline(lnum):match('^%s*[%])}]') ~= nil
  return math.max(0, vim.fn.indent(before) + (opens and step or 0) - (closes and step or 0))
end

--- The value of 'indentexpr'.
---@return integer
function M.expr()
  return M.of_line(vim.v.lnum)
end

return M

--- What the code of a finding means.
local M = {}
local server = require('orm.server')

--- The code of the finding under the cursor, or of one in its line.
---@return string?
local function code_at_cursor()
  local line, column = vim.fn.line('.') - 1, vim.fn.col('.') - 1
  local findings = vim.iter(vim.diagnostic.get(0, { lnum = line })):filter(function(it)
    return it.source == 'orm' and it.code
  end)
  local all = findings:totable()
  local touched = vim.iter(all):find(function(it)
    return it.lnum == line and it.col <= column and (it.end_lnum > line or column < it.end_col)
  end)
  local found = touched or all[1]
  return found and tostring(found.code)
end

--- Shows the explanation in a window of its own.
---@param code? string or the name of a rule; the one under the cursor when left out
function M.explain(code)
  local buffer = vim.api.nvim_get_current_buf()
  local client = server.wanted_client(buffer)
  code = code or code_at_cursor()
  if not client then
    return
  end
  if not code then
    vim.notify('orm: no finding in this line; name its code, as in :OrmExplain ORM010')
    return
  end
  server.ask(client, 'orm/explain', { code = code }, buffer, function(found)
    if not found then
      vim.notify(('orm: there is no diagnostic %s; codes look like ORM010'):format(code), vim.log.levels.ERROR)
      return
    end
    local options = { focus_id = 'orm.explanation', border = 'rounded', max_width = 100 }
    vim.lsp.util.open_floating_preview(vim.split(found.markdown, '\n'), 'markdown', options)
  end)
end

return M

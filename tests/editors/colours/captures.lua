-- What tree-sitter colours, as Neovim does it: nvim -l captures.lua OUTPUT FILE…
-- Writes JSON: for each file a list of { first byte, byte behind the last, capture }; a later one covers an earlier one.

local root = vim.uv.fs_realpath(vim.fs.joinpath(vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)), '../../..'))
vim.opt.runtimepath:prepend(vim.fs.joinpath(root, 'editors/neovim'))

local parser = vim.fs.joinpath(vim.fn.tempname(), 'parser', 'orm.so')
require('orm.parser').build(parser)
assert(vim.treesitter.language.add('orm', { path = parser }))
local query = assert(vim.treesitter.query.get('orm', 'highlights'))

local function captures(file)
  local text = table.concat(vim.fn.readfile(file, 'b'), '\n')
  local tree = vim.treesitter.get_string_parser(text, 'orm'):parse()[1]
  local found = vim.empty_dict()
  local list = {}
  for id, node in query:iter_captures(tree:root(), text) do
    local _, _, first = node:start()
    local _, _, last = node:end_()
    table.insert(list, { first, last, query.captures[id] })
  end
  found.has_error = tree:root():has_error()
  found.captures = list
  return found
end

local output = arg[1]
local results = vim.tbl_map(captures, vim.list_slice(arg, 2))
vim.fn.writefile({ vim.json.encode(results) }, output)

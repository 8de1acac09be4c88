vim.filetype.add({ extension = { orm = 'orm' } })

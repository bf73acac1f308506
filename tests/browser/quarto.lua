-- Plays Quarto for its shortcode, which cannot be installed here: blocks of code ```shortcode FORMAT become what it gives.
local format = "html"
quarto = { doc = {
  is_format = function(name) return name == format end,
  add_resource = function(path) io.stderr:write("resource " .. path .. "\n") end,
} }
local shortcodes = dofile("_extensions/kernelwalk/kernelwalk.lua")

function CodeBlock(block)
  if block.classes[1] ~= "shortcode" then return nil end
  format = block.classes[2]
  local line, rest = block.text:match('^kernelwalk "(.-)"(.*)$')
  local told = {}
  for name, value in rest:gmatch('([%w_]+)=(%b"")') do told[name] = pandoc.Inlines(value:sub(2, -2)) end
  for name, value in rest:gmatch('([%w_]+)=([^"%s]+)') do told[name] = pandoc.Inlines(value) end
  return shortcodes.kernelwalk({ pandoc.Inlines(line) }, told)
end

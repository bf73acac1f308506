-- A shortcode for Quarto: {{< kernelwalk "cat 64 | sobel-x" format=html caption="Sobel on a cat" >}}
--
-- It asks the command `kernelwalk` (KERNELWALK names another one) for a file beside the document. In a page that is the
-- player (html) or a picture (svg, gif, png); in a PDF or a Word file the finished step. `server=https://...` shows
-- a frame of that server instead. Other words are those of /render.* (docs/exports.md).

local FOLDER = "kernelwalk-figures"
local FRAME = '<iframe src="%s" width="%s" height="440" style="border:0" frameborder="0" loading="lazy" '
  .. 'allow="fullscreen"%s title="%s"></iframe>'

local function text(value)
  return pandoc.utils.stringify(value or "")
end

local function escaped(words)
  return (words:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

local function percent(words)
  return (words:gsub("[^%w%-._~]", function(letter) return string.format("%%%02X", letter:byte()) end))
end

local function exists(path)
  local file = io.open(path, "rb")
  return file ~= nil and file:close()
end

-- The file of a figure, drawn unless it is there: its name says all that made it.
local function file_of(line, format, words)
  local said = { "render", line, "-o" }
  local name = pandoc.utils.sha1(line .. "\n" .. format .. "\n" .. table.concat(words, "\n")):sub(1, 12)
  local path = FOLDER .. "/kernelwalk-" .. name .. "." .. format
  if not exists(path) then
    pandoc.system.make_directory(FOLDER, true)
    table.insert(said, path)
    for _, word in ipairs(words) do table.insert(said, word) end
    pandoc.pipe(os.getenv("KERNELWALK") or "kernelwalk", said, "")
  end
  return path
end

-- A frame with its line below it; a picture has its caption inside.
local function framed(address, width, own, alt, caption)
  local frame = FRAME:format(address, width, own, escaped(alt))
  if caption then
    frame = '<figure style="margin: 0">' .. frame .. "<figcaption>" .. escaped(caption) .. "</figcaption></figure>"
  end
  return pandoc.RawBlock("html", frame)
end

local function kernelwalk(args, kwargs)
  local line, told = text(args[1]), {}
  for name, value in pairs(kwargs) do told[name] = text(value) end
  local html = quarto.doc.is_format("html")
  local format = told.format or (html and "html" or nil)
  local caption, width, server = told.caption, told.width or "700", told.server
  local words, alt = {}, told.alt or caption or ("Kernelwalk: " .. line)
  told.format, told.alt, told.server = nil, nil, nil
  if html and (server or format == "html") then told.width, told.caption = nil, nil end
  if not html then
    format = quarto.doc.is_format("pdf") and "pdf" or "png"
    told.every, told.fps, told.hold, told.loop, told.play, told.speed, told.view = nil, nil, nil, nil, nil, nil, nil
    told.still, server = "1", nil
  end
  local names = {}
  for name in pairs(told) do table.insert(names, name) end
  table.sort(names)
  if server then
    local address = server .. "/embed?scene=" .. percent(line)
    for _, name in ipairs(names) do address = address .. "&amp;" .. name .. "=" .. percent(told[name]) end
    return framed(address, width, ' data-external="1"', alt, caption)
  end
  for _, name in ipairs(names) do
    table.insert(words, "--" .. name)
    if name ~= "still" and name ~= "strip" then table.insert(words, told[name]) end
  end
  local path = file_of(line, format, words)
  if format == "html" then
    quarto.doc.add_resource(path)
    return framed(path, width, "", alt, caption)
  end
  return pandoc.Para({ pandoc.Image({ pandoc.Str(alt) }, path) })
end

return { kernelwalk = kernelwalk }

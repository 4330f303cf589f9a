project = "Edge registry"
html_theme = "furo"
# It defines the element once, for all pages. As async it holds nobody up.
html_js_files = [("https://example.com/configurator/embed.js", {"async": "async"})]
# No copy of the sources beside the pages.
html_copy_source = False

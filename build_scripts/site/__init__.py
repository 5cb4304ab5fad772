"""From the staged overlay to the finished site: engine, search, content policy, seal, local server."""

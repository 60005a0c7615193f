"""Pictures of pages: what differs from one run to the next is the same in each."""

# What is seen: patterns, and what a picture shows instead.
SECRET = "access_token_482f5b6e29a18365c58b79ad46f9bf945df6818b"
TEXTS = [
    (r"access_token_[0-9a-f]{40}", SECRET),
    (r"client_secret_[0-9a-f]{40}", f"client_secret_{'482f5b6e' * 5}"),
    (r"\b[0-9a-f]{32}\b", "29a18365" * 4),
    (r"\([0-9a-f]{8}\)", "(482f5b6e)"),
    (r"127\.0\.0\.1:\d+", "127.0.0.1:8080"),
    (r"\b([a-z]+)-[0-9a-f]{8}\b", "$1"),  # names that a test makes unique
    (r"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d", "01/08/2030 12:00:00"),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "2030-01-08T12:00:00Z"),
    (r"\w+, ?\d+ \w+ \d{4} \d\d:\d\d:\d\d GMT", "Tue, 08 Jan 2030 12:00:00 GMT"),
    (r"\d+ seconds? ago", "5 seconds ago"),
]
PREFIXES = ["482f5b6e", "29a18365", "c58b79ad", "46f9bf94", "5df6818b", "d58c1c57"]
PREFIXES += ["09bd7ea1", "7c60d3a9", "ad46f9bf", "e1f0b2c4", "3d5e9a70", "b8a61f2d"]
STYLE = ".oe_avatar, .o_field_image, .o_user_avatar { visibility: hidden !important; }"
REPLACE = r"""([texts, prefixes]) => {
    const before = [];
    const known = {};
    const change = (node, key) => {
        let text = node[key];
        for (const [pattern, shown] of texts) {
            text = text.replace(new RegExp(pattern, "g"), shown);
        }
        text = text.replace(/^("?)([0-9a-f]{8})\1$/, (_all, quote, prefix) => {
            known[prefix] ??= prefixes[Object.keys(known).length % prefixes.length];
            return quote + known[prefix] + quote;
        });
        if (text !== node[key]) {
            before.push([node, key, node[key]]);
            node[key] = text;
        }
    };
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
        change(nodes.currentNode, "data");
    }
    document.querySelectorAll("input, textarea").forEach((e) => change(e, "value"));
    window.restoreTexts = () => {
        before.forEach(([node, key, text]) => (node[key] = text));
    };
}"""


def take(page, path, url):
    """Save what a page shows. The page itself is left as it was.

    :param str url: of the server, which a picture doesn't tell
    """
    texts = [(url, "https://odoo.example.com"), *TEXTS]
    page.evaluate(REPLACE, [texts, PREFIXES])
    try:
        page.screenshot(path=path, animations="disabled", style=STYLE)
    finally:
        page.evaluate("restoreTexts()")

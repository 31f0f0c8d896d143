//! Documents for the benches: one like real charters, and shapes that trip parsers up.

/// A page with menus, prose, links, lists and tables of cookies, of about this many bytes.
pub fn charter(bytes: usize) -> String {
    let mut page = String::with_capacity(bytes + 4096);
    page.push_str("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Cookies</title>");
    page.push_str("<style>.menu{display:flex;gap:1rem}.menu a{color:#123}</style><script>var a=1;if(a<2){a++}</script></head><body>");
    page.push_str("<nav class=\"menu main-menu\"><ul>");
    for i in 0..40 {
        page.push_str(&format!(
            "<li class=\"menu-item menu-item-{i}\"><a href=\"/section/{i}\" class=\"menu-link\">Section {i}</a></li>\n"
        ));
    }
    page.push_str("</ul></nav><main><h1>Cookie policy</h1>");
    let mut n = 0;
    while page.len() < bytes {
        page.push_str(&format!(
            "<h2 id=\"part-{n}\">Cookies of group {n}</h2>\n<p>We use <strong>these cookies</strong> to keep the site <a \
             href=\"https://site.example/terms/{n}\">working as agreed</a>, and for nothing else than what is said below &amp; here. \
             They are set by us or by those who work for us, and go away when their time is over.</p>\n<table class=\"cookies \
             table-striped\">\n<thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Provider</th><th scope=\"col\">Purpose</th><th \
             scope=\"col\">Duration</th></tr></thead>\n<tbody>\n"
        ));
        for row in 0..12 {
            page.push_str(&format!(
                "<tr class=\"row\"><td data-label=\"Name\"><code>_group{n}_{row}</code></td><td data-label=\"Provider\">Example \
                 Ltd</td><td data-label=\"Purpose\">Remembers what you chose, so that you are not asked again.<br>Nothing \
                 more.</td><td data-label=\"Duration\">{row}&nbsp;months</td></tr>\n"
            ));
        }
        page.push_str(
            "</tbody></table>\n<ul><li>You may refuse them.</li><li>You may <em>change</em> your mind.</li></ul>\n",
        );
        n += 1;
    }
    page.push_str("</main></body></html>");
    page
}

/// The same charter as Markdown.
pub fn markdown(bytes: usize) -> String {
    let mut page = String::from("# Cookie policy\n\n");
    let mut n = 0;
    while page.len() < bytes {
        page.push_str(&format!(
            "## Cookies of group {n}\n\nWe use **these cookies** to keep the site [working](https://site.example/{n}).\n\n| Name | \
             Provider | Purpose | Duration |\n| --- | --- | --- | --- |\n"
        ));
        for row in 0..12 {
            page.push_str(&format!(
                "| \\_group{n}\\_{row} | Example Ltd | Remembers what you chose. | {row} months |\n"
            ));
        }
        page.push_str("\n* You may refuse them.\n* You may change your mind.\n\n");
        n += 1;
    }
    page
}

/// The same charter as plain text.
pub fn text(bytes: usize) -> String {
    let mut page = String::from("Cookie policy\n=============\n\n");
    let mut n = 0;
    while page.len() < bytes {
        page.push_str(&format!(
            "Cookies of group {n}\n\nWe use these cookies to keep the site working.\n\nName\tProvider\tPurpose\n"
        ));
        for row in 0..12 {
            page.push_str(&format!("_group{n}_{row}\tExample Ltd\tRemembers what you chose.\n"));
        }
        page.push_str("\n- You may refuse them.\n- You may change your mind.\n\nName: _one\nPurpose: to know\nDuration: 1 day\n\n");
        n += 1;
    }
    page
}

/// Shapes that trip parsers up: a name, and the document of about this many bytes.
pub type Shape = (&'static str, fn(usize) -> String);

/// Awkward HTML.
pub const AWKWARD_HTML: &[Shape] = &[
    ("nested tables", |n| "<table><tr><td>x".repeat(n / 16)),
    ("400 nested tables, then rows", |n| {
        format!("{}{}", "<table><tr><td>".repeat(400), "<tr><td>a<td>b".repeat(n / 14))
    }),
    ("nested blocks", |n| "<div>".repeat(n / 5)),
    ("nested blocks, closed", |n| format!("{}x{}", "<div>".repeat(n / 11), "</div>".repeat(n / 11))),
    ("nested lists", |n| "<ul><li>x".repeat(n / 9)),
    ("nested inline", |n| "<span>x".repeat(n / 7)),
    ("deep, then many blocks", |n| format!("{}{}", "<div>".repeat(500), "<p>x</p>".repeat(n / 8))),
    ("unclosed cells", |n| format!("<table>{}", "<tr><td>a<td>b".repeat(n / 14))),
    ("unclosed paragraphs", |n| "<p>x".repeat(n / 4)),
    ("unclosed formatting", |n| "<p><b><strong><code><a href=x>y".repeat(n / 31)),
    ("unclosed formatting of many kinds", |n| (0..n / 22).map(|i| format!("<p><font size={i}><i>x")).collect()),
    ("formatting, then blocks", |n| format!("{}{}", "<b><code><strong>".repeat(50), "<p>x".repeat(n / 4))),
    ("misnested formatting", |n| "<b><p>x</b>y</p>".repeat(n / 16)),
    ("unclosed links", |n| (0..n / 16).map(|i| format!("<a href=/p{i:06}>x")).collect()),
    ("runs of <", |n| "<".repeat(n)),
    ("runs of </", |n| "</".repeat(n / 2)),
    ("runs of <!", |n| "<!".repeat(n / 2)),
    ("open comment", |n| format!("<p>a<!-- {}", "<p>b -- ".repeat(n / 8))),
    ("many open comments", |n| "<!-- x".repeat(n / 6)),
    ("open quote", |n| format!("<p>a<a href=\"{}", "<p class='b'>x".repeat(n / 14))),
    ("many open quotes", |n| "<a href=\"x<p>'".repeat(n / 14)),
    ("one tag, many attributes", |n| {
        format!("<p {}>x</p>", (0..n / 9).map(|i| format!("a{i:06}=1 ")).collect::<String>())
    }),
    ("one tag, many attributes and <", |n| {
        format!("<p {}>x", (0..n / 9).map(|i| format!("<a{i:06} ")).collect::<String>())
    }),
    ("many tags of many attributes", |n| {
        let tag = format!("<p {}>x", (0..250).map(|i| format!("a{i:03} ")).collect::<String>());
        tag.repeat(n / tag.len() + 1)
    }),
    ("many rows", |n| format!("<table>{}</table>", "<tr><td>a</td><td>b</td></tr>".repeat(n / 29))),
    ("many columns", |n| {
        let row = format!("<tr>{}</tr>", "<td>a</td>".repeat(10_000));
        format!("<table>{}</table>", row.repeat(n / row.len() + 1))
    }),
    ("one row", |n| format!("<table><tr>{}", "<td>a".repeat(n / 5))),
    ("text before a table, row by row", |n| format!("<table>{}", "x<tr>".repeat(n / 5))),
    ("wide spans", |n| format!("<table>{}", "<tr><td colspan=1000 rowspan=65534>a".repeat(n / 36))),
    ("rows of divs", |n| "<div class=r><div class=a>x</div><div class=b>y</div></div>".repeat(n / 59)),
    ("divs, no two alike", |n| (0..n / 26).map(|i| format!("<div class=c{i:06}>x</div>")).collect()),
    ("labelled paragraphs", |n| (0..n / 20).map(|i| format!("<p>label{i:06}: x</p>")).collect()),
    ("line breaks", |n| "<br>x: y".repeat(n / 8)),
    ("entities", |n| "&amp;&#x27;&notanentity;".repeat(n / 24)),
    ("pre of tabs", |n| format!("<pre>{}", "a\tb\tc\n".repeat(n / 6))),
    ("many pre", |n| "<pre>a\tb\nc\td</pre>".repeat(n / 18)),
    ("many titles", |n| "<title></title>".repeat(n / 15)),
    ("template nest", |n| "<template><p>x".repeat(n / 14)),
    ("svg nest", |n| "<svg><g>".repeat(n / 8)),
    ("select nest", |n| "<select><option>x".repeat(n / 17)),
    ("tabs without panels", |n| {
        (0..n / 44).map(|i| format!("<b role=tab aria-controls=p{i:06}>x</b><i id=q>")).collect()
    }),
];

/// Awkward Markdown.
pub const AWKWARD_MARKDOWN: &[Shape] = &[
    ("brackets", |n| "[".repeat(n)),
    ("open links", |n| "[a](".repeat(n / 4)),
    ("stars", |n| "**a ".repeat(n / 4)),
    ("stars and underscores", |n| "*_a ".repeat(n / 4)),
    ("back quotes", |n| (0..200).map(|i| "`".repeat(i % 50 + 1) + " ").collect::<String>().repeat(n / 5300 + 1)),
    ("quotes", |n| ">".repeat(n)),
    ("nested lists", |n| "- ".repeat(n / 2)),
    ("pipes", |n| "|".repeat(n)),
    ("rows of pipes", |n| "a|b\n-|-\n".repeat(n / 8)),
    ("one wide row", |n| format!("{}\n{}\n", "a|".repeat(n / 4), "-|".repeat(n / 4))),
    ("wide header, many short rows", |n| {
        format!("{}\n{}\n{}", "a|".repeat(1000), "-|".repeat(1000), "a|b\n".repeat(n / 4))
    }),
    ("front matter", |n| format!("---\n{}---\n", "- name: a\n  purpose: b\n".repeat(n / 23))),
    ("deep front matter", |n| format!("---\n{}\n---\n", "- ".repeat(n / 2))),
    ("flow front matter", |n| format!("---\na: {}\n---\n", "[".repeat(n))),
    ("aliases in front matter", |n| format!("---\na: &a [x]\n{}---\n", "b: *a\n".repeat(n / 6))),
    ("shortcodes", |n| "{{< a ".repeat(n / 6)),
    ("HTML inside", |n| "<table>\n\na\n".repeat(n / 11)),
];

/// Awkward plain text.
pub const AWKWARD_TEXT: &[Shape] = &[
    ("one line", |n| "a ".repeat(n / 2)),
    ("blank lines", |n| "\n".repeat(n)),
    ("lines", |n| "a\n".repeat(n / 2)),
    ("tabs", |n| "\t".repeat(n)),
    ("lines of tabs", |n| "a\tb\n".repeat(n / 4)),
    ("single tab lines", |n| "a\tb\n\nc d\n\n".repeat(n / 10)),
    ("tab line, then blank lines", |n| format!("a\tb\n{}", "\n".repeat(n))),
    ("wide gaps", |n| "a    b    c\n".repeat(n / 12)),
    ("growing gaps", |n| {
        (0..n / 60).map(|i| format!("{}a  b{}c\n", " ".repeat(i % 30), " ".repeat(i % 17 + 2))).collect()
    }),
    ("rules", |n| "---\n".repeat(n / 4)),
    ("pipes", |n| "a|b|c\n".repeat(n / 6)),
    ("bullets", |n| "- a\n".repeat(n / 4)),
    ("labels", |n| "a: b\n".repeat(n / 5)),
    ("labels apart", |n| "a: b\n\n".repeat(n / 6)),
];

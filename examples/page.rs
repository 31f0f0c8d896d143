//! Prints the blocks of a document.
fn main() {
    let path = std::env::args().nth(1).unwrap_or_default();
    let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap_or_default()).into_owned();
    let source = cookie_charter::visit::PageSource { url: path, text, ..Default::default() };
    match cookie_charter::page::parse(&source) {
        Ok(page) => {
            println!("title {:?} lang {:?} links {}", page.title, page.language, page.links.len());
            print(&page.blocks, 0);
        }
        Err(e) => println!("{e}"),
    }
}
fn print(blocks: &[cookie_charter::page::Block], depth: usize) {
    use cookie_charter::page::Block::*;
    let pad = "  ".repeat(depth);
    let cut = |s: &str| s.chars().take(160).collect::<String>();
    for b in blocks {
        match b {
            Heading(h) => println!("{pad}H{} {:?}", h.level, h.text.plain),
            Paragraph(t) => println!("{pad}P {:?} {}", cut(&t.plain), t.marks.len()),
            Table(t) => {
                println!("{pad}TABLE {:?}", t.caption.as_ref().map(|c| &c.plain));
                for r in &t.rows {
                    let cells: Vec<_> = r
                        .cells
                        .iter()
                        .map(|c| {
                            format!(
                                "{}{}{}{:?}",
                                if c.header { "#" } else { "" },
                                if c.colspan > 1 || c.rowspan > 1 {
                                    format!("[{}x{}]", c.colspan, c.rowspan)
                                } else {
                                    String::new()
                                },
                                c.label.as_deref().map(|l| format!("<{l}>")).unwrap_or_default(),
                                cut(&c.text.plain)
                            )
                        })
                        .collect();
                    println!("{pad}  {}{}", if r.header { "HEAD " } else { "" }, cells.join(" | "));
                }
            }
            List(l) => {
                println!("{pad}LIST");
                for i in &l.items {
                    println!("{pad}  - {:?} {}", cut(&i.text.plain), i.text.marks.len());
                    print(&i.children, depth + 2);
                }
            }
            Pairs(p) => {
                println!("{pad}PAIRS");
                for p in p {
                    println!(
                        "{pad}  {:?} = {:?}",
                        p.label.plain,
                        p.values.iter().map(|v| cut(&v.plain)).collect::<Vec<_>>()
                    );
                }
            }
        }
    }
}

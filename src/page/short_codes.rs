//! Short codes of site generators: `{{< name args >}}` and `{{% name args %}}` of Hugo, `{% tag %}` of Liquid, `{: .class}`
//! of kramdown.

/// Removes short codes; what stands between an opening and a closing one stays. A short code of several named values says
/// something itself and becomes labelled lines.
pub(super) fn remove(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    // Where no end was found once, none comes later.
    let (mut angle, mut percent) = (true, true);
    while let Some(at) = rest.find('{') {
        let (before, code) = rest.split_at(at);
        out.push_str(before);
        let (close, hope): (&str, &mut bool) = match code.as_bytes() {
            [b'{', b'{', b'<', ..] => (">}}", &mut angle),
            [b'{', b'{', b'%', ..] | [b'{', b'%', ..] => ("%}", &mut percent),
            [b'{', b':', ..] if before.is_empty() || before.ends_with('\n') => ("}", &mut true),
            _ => {
                out.push('{');
                rest = &code[1..];
                continue;
            }
        };
        let end = if *hope { code[2..].find(close) } else { None };
        let Some(end) = end else {
            *hope = false;
            out.push('{');
            rest = &code[1..];
            continue;
        };
        let inner = &code[2..2 + end];
        rest = &code[2 + end + close.len()..];
        rest = if inner.starts_with('%') && code.starts_with("{{") {
            rest.strip_prefix('}').unwrap_or(rest)
        } else {
            rest
        };
        for (name, value) in values(inner) {
            out.push_str(&format!("{name}: {value}  \n"));
        }
    }
    out.push_str(rest);
    out
}

/// The named values of a short code, when there are several.
fn values(code: &str) -> Vec<(&str, &str)> {
    let mut found = vec![];
    let mut rest = code;
    while let Some(at) = rest.find("=\"") {
        let name = rest[..at].rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        let value = &rest[at + 2..];
        let Some(end) = value.find('"') else { break };
        if !name.is_empty() && !value[..end].trim().is_empty() {
            found.push((name, value[..end].trim()));
        }
        rest = &value[end + 1..];
    }
    // One value alone, such as a source or a title, is a setting.
    if found.len() < 2 { vec![] } else { found }
}

#[cfg(test)]
mod tests {
    use super::remove;

    #[test]
    fn codes_go_and_what_they_enclose_stays() {
        assert_eq!(remove("{{< note >}}Read **this**{{< /note >}} {{% legal name %}}."), "Read **this** .");
        assert_eq!(remove("{% include menu.html %}Text\n{: .lead}\n"), "Text\n\n");
    }

    #[test]
    fn named_values_become_labelled_lines() {
        assert_eq!(remove("{{< cookie name=\"_one\" purpose=\"Counts\" >}}"), "name: _one  \npurpose: Counts  \n");
    }

    #[test]
    fn what_never_ends_is_text() {
        assert_eq!(remove("a {{< b {% c {x}"), "a {{< b {% c {x}");
    }
}

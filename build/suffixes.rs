//! `data/public_suffix_list.dat` -> one finite-state table of rules, keyed by their labels from the right.

use std::collections::BTreeMap;
use std::path::Path;

use crate::problem::{Problem, read, write};

const FILE: &str = "data/public_suffix_list.dat";

/// Bits of a rule; `src/site.rs` reads them.
const SUFFIX: u64 = 1;
const WILDCARD: u64 = 2;
const EXCEPTION: u64 = 4;

pub fn build(out: &Path) -> Result<(), Problem> {
    let text = read(FILE)?;
    let mut rules: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
    for (index, line) in text.lines().enumerate() {
        let rule = line.split_whitespace().next().unwrap_or_default();
        if rule.is_empty() || rule.starts_with("//") {
            continue;
        }
        let (domain, bit) = if let Some(rest) = rule.strip_prefix('!') {
            (rest, EXCEPTION)
        } else if let Some(rest) = rule.strip_prefix("*.") {
            (rest, WILDCARD)
        } else {
            (rule, SUFFIX)
        };
        if domain.contains('*') {
            return Err(Problem::new(FILE, index + 1, format!("`{rule}` has a wildcard that is not its first label")));
        }
        // Browsers hand over hosts in their ASCII form.
        let ascii = idna::domain_to_ascii(domain)
            .map_err(|_| Problem::new(FILE, index + 1, format!("`{domain}` is not a domain name")))?;
        let key = ascii.rsplit('.').collect::<Vec<_>>().join(".");
        *rules.entry(key.into_bytes()).or_default() |= bit;
    }
    if rules.len() < 1000 {
        return Err(Problem::new(FILE, 0, "holds fewer than 1000 rules; it is not the public suffix list"));
    }
    let table = fst::Map::from_iter(rules).map_err(|e| Problem::new(FILE, 0, format!("gives no table: {e}")))?;
    write(out, "suffixes.fst", table.as_fst().as_bytes())
}

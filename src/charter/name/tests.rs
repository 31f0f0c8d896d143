use super::*;
use crate::page::Mark;

fn written(text: &str) -> Vec<String> {
    let names = names_in(text);
    names.into_iter().filter(|name| name.likelihood > Likelihood::No).map(|name| name.name).collect()
}

#[test]
fn several_names_in_one_cell() {
    for (text, expected) in [
        ("_ga", &["_ga"][..]),
        ("_pk_ref, _pk_cvar, _pk_id", &["_pk_ref", "_pk_cvar", "_pk_id"]),
        ("_ga; _gid;_gat", &["_ga", "_gid", "_gat"]),
        ("_ga\n_gid\n\n_gat", &["_ga", "_gid", "_gat"]),
        ("_ga / _gid", &["_ga", "_gid"]),
        ("_ga/_gid", &["_ga", "_gid"]),
        ("PHPSESSID/JSESSIONID", &["PHPSESSID", "JSESSIONID"]),
        ("_ga et _gid", &["_ga", "_gid"]),
        ("_ga, _gat und _gid", &["_ga", "_gat", "_gid"]),
        ("_ga och _gid", &["_ga", "_gid"]),
        ("_ga & _gid", &["_ga", "_gid"]),
        ("PHPSESSID + REMEMBER_ME", &["PHPSESSID", "REMEMBER_ME"]),
        ("_ga _gid _gat", &["_ga", "_gid", "_gat"]),
        ("• _ga\n• _gid", &["_ga", "_gid"]),
        ("token, <br>d2_token", &["token", "d2_token"]),
        ("__utma, … , __utmz", &["__utma", "__utmz"]),
        ("__utma ... __utmz", &["__utma", "__utmz"]),
        ("__utma…__utmz", &["__utma", "__utmz"]),
        ("__utma – __utmz", &["__utma", "__utmz"]),
        ("__utma à __utmz", &["__utma", "__utmz"]),
        ("“_ga”, `_gid`", &["_ga", "_gid"]),
        ("A1, A3, B, i", &["A1", "A3", "B", "i"]),
        ("_ga_<container id>, _gid", &["_ga_<container id>", "_gid"]),
        ("_id_{product, site}", &["_id_{product, site}"]),
    ] {
        let text = text.replace("<br>", "\n");
        assert_eq!(written(&text), expected, "{text}");
    }
}

#[test]
fn notes_are_split_off() {
    for (text, name, note) in [
        ("_ga (Google Analytics)", "_ga", Some("Google Analytics")),
        ("_ga(Google Analytics)", "_ga", Some("Google Analytics")),
        ("_ga Google Analytics", "_ga", Some("Google Analytics")),
        ("_ga\n(Google Analytics)", "_ga", Some("Google Analytics")),
        ("_ga\nGoogle Analytics", "_ga", Some("Google Analytics")),
        ("_cs_id (Contentsquare", "_cs_id", Some("Contentsquare")),
        ("_ga [x2]", "_ga", None),
        ("_ga [1]", "_ga", None),
        ("_ga[1]", "_ga", None),
        ("_ga¹", "_ga", None),
        ("_ga *", "_ga", None),
        ("_ga (*)", "_ga", None),
        ("_ga (1)", "_ga", None),
        ("Cookie _ga", "_ga", None),
        ("Cookie: _ga", "_ga", None),
        ("_ga cookie", "_ga", None),
        ("_ga (2 years)", "_ga", None),
        ("_ga (necessary cookie)", "_ga", None),
    ] {
        let found = names_in(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!((found[0].name.as_str(), found[0].note.as_deref()), (name, note), "{text}");
    }
    assert_eq!(names_in("_ga (2 years)")[0].asides, ["2 years"]);
    assert_eq!(names_in("_ga (doubleclick.net)")[0].host.as_deref(), Some("doubleclick.net"));
    assert_eq!(names_in("_ga .doubleclick.net")[0].host.as_deref(), Some("doubleclick.net"));
    assert_eq!(names_in("_hjid (local storage)")[0].kind, Some(StorageKind::LocalStorage));
    assert_eq!(names_in("_tr (pixel)")[0].kind, Some(StorageKind::Pixel));
    assert_eq!(names_in("Local storage _hjid")[0].kind, Some(StorageKind::LocalStorage));
}

#[test]
fn wildcards_in_every_notation() {
    for (name, pattern) in [
        ("_ga", "_ga"),
        ("_pk_id*", "_pk_id*"),
        ("_pk_id**", "_pk_id*"),
        ("_pk_ses.X.XXXX", "_pk_ses.*.*"),
        ("_pk_ses.1.adcb", "_pk_ses.1.adcb"),
        ("_ga_#", "_ga_*"),
        ("_ga_[ID]", "_ga_*"),
        ("_ga_<container-id>", "_ga_*"),
        ("_gat_gtag_UA_[XXX]", "_gat_gtag_UA_*"),
        ("AMCV_###@AdobeOrg", "AMCV_*@AdobeOrg"),
        ("AMCV_1234%40AdobeOrg", "AMCV_1234%40AdobeOrg"),
        ("wordpress_[hash]", "wordpress_*"),
        ("SSESS<ID>", "SSESS*"),
        ("{site}usr", "*usr"),
        ("rk-{postId}", "rk-*"),
        ("p{postId}", "p*"),
        ("_BEAMER_DATE_{product ID}", "_BEAMER_DATE_*"),
        ("inp_$distributor_id_$language", "inp_*_*"),
        ("track_$product_id_$distributor_ id_$ean", "track_*_*_*"),
        ("wp-${user}-x1", "wp-*-x1"),
        ("_gat_xxxxxxxxxxxx", "_gat_*"),
        ("_gat_UA-XXXXXX-X", "_gat_UA-*-*"),
        ("_dc_gtm_UA-nnnnnn-nn", "_dc_gtm_UA-*-nn"),
        ("mp_xxxxxxx_mixpanel", "mp_*_mixpanel"),
        ("wordpress_logged_inXXXX", "wordpress_logged_in*"),
        ("UUID#[abcdef0123456789]{32}", "UUID*"),
        ("sess[0-9]{8}", "sess*"),
        ("^_hj\\w+$", "_hj*"),
        ("_pk_id\\.\\d+", "_pk_id.*"),
        ("_hj...", "_hj*"),
        ("_hj…", "_hj*"),
        ("...consent", "*consent"),
        ("_pk_id + variable number", "_pk_id*"),
        ("_pk_id+number", "_pk_id*"),
        ("*_fbm_", "*_fbm_"),
        ("tk_*r", "tk_*r"),
        ("linkedin_oauth_", "linkedin_oauth_*"),
        ("wp-settings-", "wp-settings-*"),
        ("_kuid_", "_kuid_"),
        ("__apex_test__", "__apex_test__"),
        ("shop_%id%", "shop_*"),
        ("shop_%s", "shop_*"),
        ("X-LI-IDC", "X-LI-IDC"),
        ("xs", "xs"),
        ("maxx", "maxx"),
        ("_sp_id.1fff", "_sp_id.1fff"),
        ("modules::report::68f", "modules::report::68f"),
        ("hash_(id)", "hash_*"),
    ] {
        assert_eq!(pattern_of(name), pattern, "{name}");
        let found = names_in(name);
        let all: Vec<&str> = found.iter().map(|name| name.pattern.as_str()).collect();
        assert_eq!(all, [pattern], "{name} as a cell");
        assert!(found[0].likelihood > Likelihood::No, "{name} as a cell");
        assert_eq!(found[0].name, name, "{name} as a cell");
    }
}

#[test]
fn what_is_no_name_is_no_name() {
    for text in [
        "Google Analytics",
        "YouTube video",
        "doubleclick.net",
        ".google.com",
        "www.example.org",
        "We use _ga to count our visitors",
        "n/a",
        "HTTP/HTTPS",
        "2 years",
        "Cookies and privacy",
        "etc.",
        "Apple ID",
        "AB Tasty",
        "[Configure Cookies]",
        "Cookies konfigurieren]",
        "–",
        "",
        "The name is generated dynamically",
    ] {
        assert_eq!(written(text), [""; 0], "{text}");
    }
}

#[test]
fn names_in_code_style_stand_alone() {
    let plain = "`a_b` (Google), `true`";
    let text = plain.replace('`', "");
    let marks = vec![
        Mark { kind: MarkKind::Code, start: 0, end: 3 },
        Mark { kind: MarkKind::Code, start: text.len() - 4, end: text.len() },
    ];
    let found = names(&Text { plain: text, marks });
    assert_eq!((found[0].name.as_str(), found[0].note.as_deref()), ("a_b", Some("Google")));
    let glued = Text { plain: "_ga_<id>".to_owned(), marks: vec![Mark { kind: MarkKind::Code, start: 0, end: 4 }] };
    assert_eq!(names(&glued)[0].pattern, "_ga_*");
    let words = Text { plain: "_ga counts the visits of a site".to_owned(), marks: vec![] };
    assert_eq!(names(&words)[0].name, "_ga");
}

#[test]
fn hostile_cells_are_read_in_linear_time() {
    for unit in ["(", "[<{", "_a ", "a_/", "$a_", "…", "x", "_a + ", "_a…_a", "\n(", "{a} "] {
        let text = unit.repeat(100_000 / unit.len());
        let start = std::time::Instant::now();
        assert!(names_in(&text).len() <= text.len());
        assert!(start.elapsed().as_secs() < 5, "{unit} took {:?}", start.elapsed());
    }
}

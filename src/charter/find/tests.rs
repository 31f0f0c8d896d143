//! Pages of invented sites: which link is taken for the charter, and which is not.

use super::*;
use crate::page::Link;

const PAGE: &str = "https://www.site.example/home";

fn link(text: &str, href: &str, place: &str) -> LinkOfPage {
    LinkOfPage {
        text: text.into(),
        href: resolve(PAGE, href).unwrap_or_else(|| href.into()),
        place: place.into(),
        ..LinkOfPage::default()
    }
}

fn page(language: &str, links: &[(&str, &str, &str)]) -> LinksOfPage {
    LinksOfPage {
        url: PAGE.into(),
        language: Some(language.into()),
        visitor_languages: Vec::new(),
        links: links.iter().map(|(text, href, place)| link(text, href, place)).collect(),
    }
}

/// Addresses of the candidates, best first, without the host.
fn ranked(page: &LinksOfPage) -> Vec<String> {
    charter_links(page).iter().map(|c| c.url.trim_start_matches("https://www.site.example").to_owned()).collect()
}

/// Language; other links; privacy; legal; charter, as such sites word them.
type Site = (&'static str, &'static str, [(&'static str, &'static str); 3]);

/// Addresses say nothing here, so that the words alone decide.
const SITES: &[Site] = &[
    (
        "fr",
        "Actualités",
        [
            ("Mentions légales", "/p/1"),
            ("Politique de confidentialité", "/p/2"),
            ("Gestion et politique des cookies", "/p/3"),
        ],
    ),
    ("en", "Our work", [("Terms of use", "/p/1"), ("Privacy notice", "/p/2"), ("How we use cookies", "/p/3")]),
    (
        "de",
        "Aktuelles",
        [("Impressum", "/p/1"), ("Datenschutzerklärung", "/p/2"), ("Hinweise zur Verwendung von Cookies", "/p/3")],
    ),
    ("es", "Noticias", [("Aviso legal", "/p/1"), ("Política de privacidad", "/p/2"), ("Uso de cookies", "/p/3")]),
    ("it", "Notizie", [("Note legali", "/p/1"), ("Informativa privacy", "/p/2"), ("Informativa sui cookie", "/p/3")]),
    ("nl", "Nieuws", [("Algemene voorwaarden", "/p/1"), ("Privacyverklaring", "/p/2"), ("Cookiebeleid", "/p/3")]),
    (
        "pt",
        "Notícias",
        [("Termos e condições", "/p/1"), ("Política de privacidade", "/p/2"), ("Utilização de cookies", "/p/3")],
    ),
    (
        "pl",
        "Aktualności",
        [("Regulamin", "/p/1"), ("Polityka prywatności", "/p/2"), ("Polityka plików cookies", "/p/3")],
    ),
    (
        "sv",
        "Nyheter",
        [("Användarvillkor", "/p/1"), ("Behandling av personuppgifter", "/p/2"), ("Om kakor på webbplatsen", "/p/3")],
    ),
    ("da", "Nyheder", [("Handelsbetingelser", "/p/1"), ("Persondatapolitik", "/p/2"), ("Brug af cookies", "/p/3")]),
    ("no", "Nyheter", [("Vilkår", "/p/1"), ("Personvernerklæring", "/p/2"), ("Bruk av informasjonskapsler", "/p/3")]),
    ("fi", "Uutiset", [("Käyttöehdot", "/p/1"), ("Tietosuojaseloste", "/p/2"), ("Tietoa evästeistä", "/p/3")]),
    (
        "cs",
        "Novinky",
        [
            ("Obchodní podmínky", "/p/1"),
            ("Ochrana osobních údajů", "/p/2"),
            ("Zásady používání souborů cookie", "/p/3"),
        ],
    ),
    ("hu", "Hírek", [("Impresszum", "/p/1"), ("Adatvédelmi tájékoztató", "/p/2"), ("Tájékoztató a sütikről", "/p/3")]),
    (
        "ro",
        "Noutăți",
        [
            ("Termeni și condiții", "/p/1"),
            ("Protecția datelor", "/p/2"),
            ("Politica de utilizare a modulelor cookie", "/p/3"),
        ],
    ),
    ("el", "Νέα", [("Όροι χρήσης", "/p/1"), ("Πολιτική απορρήτου", "/p/2"), ("Πολιτική χρήσης cookies", "/p/3")]),
    (
        "bg",
        "Новини",
        [("Общи условия", "/p/1"), ("Защита на личните данни", "/p/2"), ("Използване на бисквитки", "/p/3")],
    ),
    (
        "hr",
        "Novosti",
        [("Uvjeti korištenja", "/p/1"), ("Zaštita privatnosti", "/p/2"), ("Obavijest o korištenju kolačića", "/p/3")],
    ),
    (
        "sk",
        "Novinky",
        [("Právne informácie", "/p/1"), ("Ochrana osobných údajov", "/p/2"), ("Používanie súborov cookie", "/p/3")],
    ),
    (
        "sl",
        "Novice",
        [("Pravno obvestilo", "/p/1"), ("Varstvo osebnih podatkov", "/p/2"), ("Obvestilo o piškotkih", "/p/3")],
    ),
    (
        "et",
        "Uudised",
        [("Kasutustingimused", "/p/1"), ("Isikuandmete kaitse", "/p/2"), ("Küpsiste kasutamise põhimõtted", "/p/3")],
    ),
    (
        "lv",
        "Jaunumi",
        [
            ("Lietošanas noteikumi", "/p/1"),
            ("Personas datu apstrāde", "/p/2"),
            ("Sīkdatņu izmantošanas noteikumi", "/p/3"),
        ],
    ),
    (
        "lt",
        "Naujienos",
        [("Naudojimo sąlygos", "/p/1"), ("Asmens duomenų apsauga", "/p/2"), ("Slapukų naudojimo taisyklės", "/p/3")],
    ),
    ("ga", "Nuacht", [("Téarmaí úsáide", "/p/1"), ("Cosaint sonraí", "/p/2"), ("Úsáid fianán", "/p/3")]),
    (
        "mt",
        "Aħbarijiet",
        [("Avviż legali", "/p/1"), ("Protezzjoni tad-data", "/p/2"), ("Politika dwar il-cookies", "/p/3")],
    ),
    (
        "ca",
        "Notícies",
        [("Avís legal", "/p/1"), ("Protecció de dades", "/p/2"), ("Informació sobre les galetes", "/p/3")],
    ),
    (
        "tr",
        "Haberler",
        [("Kullanım koşulları", "/p/1"), ("Kişisel verilerin korunması", "/p/2"), ("Çerez aydınlatma metni", "/p/3")],
    ),
    (
        "uk",
        "Новини",
        [("Умови використання", "/p/1"), ("Захист персональних даних", "/p/2"), ("Використання файлів cookie", "/p/3")],
    ),
    ("ja", "お知らせ", [("利用規約", "/p/1"), ("個人情報の取り扱い", "/p/2"), ("Cookieの使用について", "/p/3")]),
    ("zh", "新闻", [("法律声明", "/p/1"), ("隐私政策", "/p/2"), ("Cookie 使用说明", "/p/3")]),
];

#[test]
fn words_about_cookies_beat_privacy_and_privacy_beats_legal_notices_in_every_language() {
    assert!(SITES.len() >= 30);
    let mut wrong = Vec::new();
    for (language, news, [legal, privacy, charter]) in SITES {
        let mut links = vec![(*news, "/n", "nav"), ("Contact", "/c", "footer")];
        links.extend([legal, privacy, charter].map(|(text, href)| (*text, *href, "footer")));
        let found = ranked(&page(language, &links));
        if found != ["/p/3", "/p/2", "/p/1"] {
            wrong.push(format!("{language}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_address_alone_is_enough() {
    for (text, href) in [
        ("En savoir plus", "/fr/politique-de-cookies"),
        ("Mehr", "/de/cookie-richtlinie-eu/"),
        ("Más información", "/politica-cookies.html"),
        ("Leggi", "/it/informativa-cookie"),
        ("Lees meer", "/cookieverklaring"),
        ("Läs mer", "/om-kakor"),
        ("Lue lisää", "/evastekaytanto"),
        ("Više", "/pravila-o-kolacicima"),
        ("Več", "/o-piskotkih"),
        ("Detay", "/cerez-politikasi"),
        ("Περισσότερα", "/πολιτική-cookies"),
        ("詳しく", "/legal/cookie-policy"),
        ("", "/index.php?page=cookie-policy"),
        ("Here", "/legal/cookies/en"),
    ] {
        let found = charter_links(&page("en", &[(text, href, "banner"), ("Home", "/", "nav")]));
        assert_eq!(found.len(), 1, "{text} {href}: {found:?}");
        assert!(found[0].reasons.contains(&"why_address_charter".to_owned()), "{href}: {:?}", found[0]);
    }
}

#[test]
fn recipes_and_news_do_not_win() {
    let found = ranked(&page(
        "en",
        &[
            ("Chocolate chip cookies", "/recipes/chocolate-chip-cookies", "body"),
            ("Cookies", "/recipes/cookies", "nav"),
            ("Cookies & brownies", "/shop/cookies-brownies", "nav"),
            (
                "Regulator fines three firms over cookies they never mentioned",
                "/news/regulator-fines-firms-over-cookies",
                "body",
            ),
            ("The ten best cookies in town", "/blog/ten-best-cookies", "body"),
            (
                "Cookie policy of big search engine criticised again by regulators",
                "/news/cookie-policy-of-big-search-engine",
                "body",
            ),
            ("Privacy policy", "/privacy", "footer"),
        ],
    ));
    assert_eq!(found, ["/privacy"]);
    let found = ranked(&page(
        "fr",
        &[
            ("Cookies aux pépites de chocolat", "/recettes/cookies-pepites", "body"),
            ("Cookies", "/recettes/cookies", "nav"),
            ("Cookies : ce que change la nouvelle loi", "/actualites/cookies-nouvelle-loi", "body"),
            ("Cookies", "/legal/cookies", "footer"),
        ],
    ));
    assert_eq!(found[0], "/legal/cookies");
    assert_eq!(found.len(), 1);
}

#[test]
fn a_site_without_landmarks_is_read_as_well() {
    let found = ranked(&page(
        "en",
        &[
            ("Home", "/", "body"),
            ("Privacy policy", "/privacy-policy", "body"),
            ("Cookies", "/en/cookies", "body"),
            ("Terms", "/terms", "body"),
        ],
    ));
    assert_eq!(found, ["/en/cookies", "/privacy-policy", "/terms"]);
    // In a banner, an address that names the charter comes before the privacy policy of the footer.
    let mut links = page(
        "fr",
        &[("En savoir plus", "/politique-cookies-2026", "banner"), ("Confidentialité", "/confidentialite", "footer")],
    );
    links.links[1].rel = "privacy-policy".into();
    assert_eq!(ranked(&links), ["/politique-cookies-2026", "/confidentialite"]);
}

#[test]
fn buttons_and_other_schemes_are_no_addresses() {
    let found = ranked(&page(
        "fr",
        &[
            ("Gérer les cookies", "#", "footer"),
            ("Gérer mes cookies", "#cookies", "footer"),
            ("Gestion des cookies", "javascript:openPanel()", "footer"),
            ("Cookies", "mailto:cookies@site.example", "footer"),
            ("Politique de cookies", "https://www.site.example/home", "footer"),
            ("Politique de cookies", "ftp://www.site.example/cookies", "footer"),
            ("Politique de cookies", "/cookies.png", "footer"),
        ],
    ));
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_page_of_choices_with_an_address_of_its_own_is_a_candidate() {
    let found =
        ranked(&page("en", &[("Cookie settings", "/cookie-settings", "footer"), ("Privacy", "/privacy", "footer")]));
    assert_eq!(found, ["/cookie-settings", "/privacy"]);
}

#[test]
fn an_anchor_leads_to_its_section_and_each_document_is_there_once() {
    let found = charter_links(&page(
        "en",
        &[
            ("Privacy", "/privacy", "footer"),
            ("Cookies", "/privacy#cookies", "footer"),
            ("Cookies", "/privacy#cookies", "nav"),
        ],
    ));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].url, "https://www.site.example/privacy#cookies");
    assert!(found[0].reasons.contains(&"why_anchor".to_owned()));
    // A section of the page itself.
    assert_eq!(ranked(&page("en", &[("Cookies", "#cookies", "footer")])), ["/home#cookies"]);
}

#[test]
fn what_the_page_says_of_a_link_counts() {
    let mut links = page("en", &[("Here", "/x/12", "head"), ("Privacy", "/privacy", "footer")]);
    links.links[0].rel = "nofollow privacy-policy".into();
    let found = charter_links(&links);
    assert_eq!(found[1].url, "https://www.site.example/x/12");
    assert!(found[1].reasons.contains(&"why_rel_privacy".to_owned()));
    // An alternate in another language is no charter.
    let mut links = page("en", &[("Deutsch", "/de/", "head")]);
    links.links[0].rel = "alternate".into();
    assert_eq!(charter_links(&links), []);
}

#[test]
fn the_language_of_the_visitor_comes_before_that_of_the_page() {
    let mut links = page(
        "en",
        &[
            ("Cookie policy", "/en/cookie-policy", "footer"),
            ("Politique de cookies", "/fr/politique-de-cookies", "footer"),
            ("Cookie-Richtlinie", "/de/cookie-richtlinie", "footer"),
        ],
    );
    assert_eq!(ranked(&links)[0], "/en/cookie-policy");
    links.visitor_languages = vec!["fr-CA".into(), "de".into()];
    assert_eq!(ranked(&links), ["/fr/politique-de-cookies", "/de/cookie-richtlinie", "/en/cookie-policy"]);
    let told = |lang: &str| LinkOfPage { hreflang: lang.into(), ..link("Cookies", &format!("/c?l={lang}"), "footer") };
    links.links = vec![told("en"), told("pl"), told("fr-BE")];
    assert_eq!(ranked(&links), ["/c?l=fr-BE", "/c?l=en", "/c?l=pl"]);
}

#[test]
fn another_site_comes_last_and_its_privacy_policy_never() {
    let found = charter_links(&page(
        "en",
        &[
            ("Cookie policy", "https://corporate.example/cookie-policy", "footer"),
            ("Privacy policy", "https://policies.search.example/privacy", "footer"),
            ("Privacy", "https://help.site.example/privacy", "footer"),
        ],
    ));
    let urls: Vec<&str> = found.iter().map(|c| c.url.as_str()).collect();
    assert_eq!(urls, ["https://help.site.example/privacy", "https://corporate.example/cookie-policy"]);
    assert!(found[1].reasons.contains(&"why_other_site".to_owned()));
}

#[test]
fn every_reason_has_words() {
    let source = include_str!("../find.rs");
    let words = include_str!("../../../extension/_locales/en/messages.json");
    for reason in source.split('"').filter(|part| {
        ["words_", "address_", "place_", "rel_", "language_"].iter().any(|start| part.starts_with(start))
            || ["anchor", "category_page", "why_other_site"].contains(part)
    }) {
        let key = format!("\"why_{}\"", reason.trim_start_matches("why_"));
        assert!(words.contains(&key), "{key}");
    }
}

#[test]
fn very_many_links_take_a_moment() {
    let mut links = page("en", &[]);
    for at in 0..20_000 {
        links.links.push(link(
            &format!("Article {at} about cookies and other things"),
            &format!("/news/{at}/about-cookies"),
            "body",
        ));
    }
    links.links.push(link("Cookie policy", "/cookie-policy", "footer"));
    links.links.push(link(&"cookie ".repeat(100_000), &format!("/{}", "cookie-".repeat(300)), "body"));
    let start = std::time::Instant::now();
    let found = ranked(&links);
    assert_eq!(found[0], "/cookie-policy");
    assert!(found.len() <= MOST);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

fn document(links: &[(&str, &str)]) -> Page {
    let links = links.iter().map(|(text, href)| Link { text: (*text).into(), href: (*href).into() }).collect();
    Page { links, language: Some("en".into()), ..Page::default() }
}

#[test]
fn a_privacy_policy_leads_on_to_the_charter() {
    let privacy = document(&[
        ("Home", "/"),
        ("Privacy policy", "privacy.html"),
        ("our Cookie Policy", "cookies.html"),
        ("Cookies", "#cookies"),
        ("Privacy policy of the search engine", "https://policies.search.example/privacy"),
        ("Terms", "/terms"),
    ]);
    let found = follow_from(&privacy, "https://www.site.example/legal/privacy.html");
    assert_eq!(
        found.iter().map(|c| c.url.as_str()).collect::<Vec<_>>(),
        ["https://www.site.example/legal/cookies.html"]
    );
}

#[test]
fn a_charter_leads_on_to_a_page_for_each_category() {
    let charter = document(&[
        ("Strictly necessary cookies", "/cookies/necessary"),
        ("Analytics", "/cookies/analytics"),
        ("Contact", "/cookies/contact"),
        ("Marketing", "/services/marketing"),
    ]);
    let found = follow_from(&charter, "https://www.site.example/cookies");
    let urls: Vec<&str> = found.iter().map(|c| c.url.trim_start_matches("https://www.site.example")).collect();
    assert_eq!(urls, ["/cookies/necessary", "/cookies/analytics"]);
}

#[test]
fn guesses_are_few_and_on_the_same_host() {
    assert_eq!(
        usual_addresses("https://a.example:8443/x?y#z", Some("fr-FR")),
        [
            "https://a.example:8443/politique-de-cookies",
            "https://a.example:8443/cookie-policy",
            "https://a.example:8443/cookies",
        ]
    );
    assert_eq!(usual_addresses("https://a.example", None).len(), 2);
    assert_eq!(usual_addresses("about:blank", Some("fr")), Vec::<String>::new());
}

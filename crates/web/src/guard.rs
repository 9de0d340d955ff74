//! What every request has to be, and what every answer says.

use axum::http::{HeaderMap, Method};
use lagrum_model::Language;

use crate::Origin;
use crate::error::Problem;

/// What may run and be loaded: our own files, and nothing written into a page.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every answer.
pub(crate) const HEADERS: [(&str, &str); 9] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    ),
    ("cache-control", "no-store"),
    ("x-robots-tag", "noindex, nofollow"),
];

/// Browsers keep to TLS for a year.
pub(crate) const STRICT: (&str, &str) = ("strict-transport-security", "max-age=31536000");

/// The request is for us, and one that changes something comes from a page of ours: by what the
/// browser says of it (`Sec-Fetch-Site`, Fetch Metadata; `Origin`, RFC 6454), and refused where it
/// says neither.
pub(crate) fn check(origin: &Origin, method: &Method, headers: &HeaderMap) -> Result<(), Problem> {
    let one = |name: &str| one(headers, name);
    if one("host") != Some(origin.authority()) {
        return Err(Problem::NotThere);
    }
    if method == Method::GET || method == Method::HEAD {
        return Ok(());
    }
    match (one("sec-fetch-site"), one("origin")) {
        (Some("same-origin"), None) => Ok(()),
        (None | Some("same-origin"), Some(from)) if from == origin.as_str() => Ok(()),
        _ => Err(Problem::Foreign),
    }
}

/// The value of a header; of several, one that nothing is.
fn one<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next().map(|value| value.to_str().unwrap_or("?"));
    match all.next() {
        Some(_) => Some("?"),
        None => first,
    }
}

/// A request of a program is for us, and comes from no page of another site. A token is not sent along by
/// a browser of itself, as a cookie is, and no page gets leave to send one here (no CORS).
pub(crate) fn check_program(origin: &Origin, headers: &HeaderMap) -> Result<(), Problem> {
    if one(headers, "host") != Some(origin.authority()) {
        return Err(Problem::NotThere);
    }
    let from = one(headers, "origin").is_none_or(|from| from == origin.as_str());
    let site = one(headers, "sec-fetch-site");
    let ours = site.is_none_or(|site| ["same-origin", "none"].contains(&site));
    (from && ours).then_some(()).ok_or(Problem::Foreign)
}

/// The name of the cookie: over TLS one that no other host and no other path can set.
pub(crate) fn cookie_name(origin: &Origin) -> &'static str {
    if origin.is_secure() {
        "__Host-lagrum"
    } else {
        "lagrum"
    }
}

/// A cookie that scripts do not see and that no other site's page sends along.
pub(crate) fn cookie(origin: &Origin, name: &str, value: &str, seconds: u64) -> String {
    with_site(origin, name, value, seconds, "Strict")
}

/// The name of the cookie that keeps what began at the sign-in provider.
pub(crate) fn openid_cookie_name(origin: &Origin) -> &'static str {
    if origin.is_secure() {
        "__Host-lagrum-openid"
    } else {
        "lagrum-openid"
    }
}

/// A cookie that scripts do not see, and that is sent along when another site sends somebody to a page of ours.
pub(crate) fn lax_cookie(origin: &Origin, name: &str, value: &str, seconds: u64) -> String {
    with_site(origin, name, value, seconds, "Lax")
}

fn with_site(origin: &Origin, name: &str, value: &str, seconds: u64, site: &str) -> String {
    let secure = if origin.is_secure() { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite={site}; Max-Age={seconds}{secure}")
}

/// The cookie that says in which language a browser reads.
pub(crate) fn language_cookie(origin: &Origin, language: Language) -> String {
    cookie(origin, "lagrum-language", language.as_str(), YEAR)
}

/// How long a browser keeps what its person chose, in seconds.
pub(crate) const YEAR: u64 = 365 * 24 * 3600;

/// The value of a cookie; of two of one name, none.
pub(crate) fn read_cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all("cookie").iter();
    let mut found = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(known, _)| *known == name)
        .map(|(_, value)| value);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// An address to go on to after signing in: a path of ours, or nothing.
pub(crate) fn own_path(text: &str) -> Option<&str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-._~?=&%".contains(c);
    let ours = text.starts_with('/') && !text.starts_with("//") && text.len() < 500;
    (ours && text.chars().all(plain)).then_some(text)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(of: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in of {
            map.append(*name, HeaderValue::from_static(value));
        }
        map
    }

    #[test]
    fn what_changes_something_comes_from_a_page_of_ours() {
        let origin: Origin = "https://desk.example".parse().unwrap();
        let host = ("host", "desk.example");
        let good = [
            vec![host, ("sec-fetch-site", "same-origin")],
            vec![host, ("origin", "https://desk.example")],
            vec![
                host,
                ("sec-fetch-site", "same-origin"),
                ("origin", "https://desk.example"),
            ],
        ];
        for one in &good {
            assert!(
                check(&origin, &Method::POST, &headers(one)).is_ok(),
                "{one:?}"
            );
        }
        let bad = [
            vec![host],
            vec![("sec-fetch-site", "same-origin")],
            vec![("host", "evil.example"), ("sec-fetch-site", "same-origin")],
            vec![host, ("sec-fetch-site", "same-site")],
            vec![host, ("sec-fetch-site", "cross-site")],
            vec![host, ("sec-fetch-site", "none")],
            vec![host, ("origin", "null")],
            vec![host, ("origin", "http://desk.example")],
            vec![host, ("origin", "https://desk.example.evil.example")],
            vec![
                host,
                ("sec-fetch-site", "same-origin"),
                ("origin", "https://evil.example"),
            ],
            vec![
                host,
                ("sec-fetch-site", "cross-site"),
                ("origin", "https://desk.example"),
            ],
            vec![
                host,
                ("origin", "https://desk.example"),
                ("origin", "https://evil.example"),
            ],
        ];
        for one in &bad {
            assert!(
                check(&origin, &Method::POST, &headers(one)).is_err(),
                "{one:?}"
            );
        }
        assert!(check(&origin, &Method::GET, &headers(&[host])).is_ok());
        assert!(check(&origin, &Method::GET, &headers(&[("host", "evil.example")])).is_err());
    }

    #[test]
    fn only_a_path_of_ours_is_gone_on_to() {
        for ours in ["/", "/cases?view=mine&page=2", "/cases/2026-0001"] {
            assert_eq!(own_path(ours), Some(ours));
        }
        for other in [
            "",
            "cases",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\nb",
            "/\tevil",
            "javascript:alert(1)",
            "/@evil",
            "/a#b",
        ] {
            assert_eq!(own_path(other), None, "{other}");
        }
    }

    #[test]
    fn a_cookie_that_stands_twice_is_not_believed() {
        let once = headers(&[("cookie", "a=1; lagrum=x")]);
        assert_eq!(read_cookie(&once, "lagrum"), Some("x"));
        let twice = headers(&[("cookie", "lagrum=x; lagrum=y")]);
        assert_eq!(read_cookie(&twice, "lagrum"), None);
    }
}

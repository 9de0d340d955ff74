//! What a provider may say, and what nobody is signed in by.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use lagrum_https::NoAnswer;
use serde_json::{Value, json};

use crate::testing::{CLIENT, Does, OddProvider, SECRET, http};
use crate::{Flow, Kind, NotSignedIn, OpenIdSettings, Provider};

const NOW: i64 = 1_795_747_600;

fn now() -> Timestamp {
    Timestamp::from_second(NOW).unwrap()
}

fn written(text: &str) -> (tempfile::TempDir, PathBuf) {
    let place = tempfile::Builder::new()
        .tempdir_in(std::env::temp_dir())
        .unwrap();
    let path = place.path().join("openid.toml");
    std::fs::write(&path, text).unwrap();
    for (name, secret) in [
        ("openid.secret", SECRET),
        ("empty", "\n"),
        ("two", "a\nb\n"),
    ] {
        let file = place.path().join(name);
        std::fs::write(&file, secret).unwrap();
        std::fs::set_permissions(file, PermissionsExt::from_mode(0o600)).unwrap();
    }
    (place, path)
}

fn read(text: &str) -> OpenIdSettings {
    let (_place, path) = written(text);
    OpenIdSettings::read(&path).unwrap().unwrap()
}

fn flow(anew: bool) -> Flow {
    Flow {
        state: "a state".to_owned(),
        nonce: "a nonce that nobody guesses".to_owned(),
        verifier: "v".repeat(43),
        back: "https://desk.kvist.example/sign-in/openid/back".to_owned(),
        anew,
    }
}

/// Goes there and back.
fn gone(provider: &Provider, odd: &OddProvider, flow: &Flow) -> Result<String, NotSignedIn> {
    let there = provider.authorize(flow, now())?;
    let back = odd.comes_back(&there);
    let query = back.split_once('?').unwrap().1;
    let code = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "code");
    let account = provider.answer(&code.unwrap().1, flow, now())?;
    assert_eq!(account.issuer, odd.issuer());
    Ok(account.subject)
}

/// What comes of it if the provider does this.
fn tried(change: impl FnOnce(&mut Does)) -> Result<String, NotSignedIn> {
    let odd = OddProvider::start(|| NOW);
    odd.does(change);
    gone(&Provider::new(read(&odd.settings())), &odd, &flow(false))
}

#[test]
fn somebody_is_who_the_provider_says_and_is_sent_there_with_all_that_is_needed() {
    let odd = OddProvider::start(|| NOW);
    let provider = Provider::new(read(&odd.settings()));
    let there = provider.authorize(&flow(false), now()).unwrap();
    for said in [
        "response_type=code",
        "client_id=lagrum%2Bdesk",
        "redirect_uri=https%3A%2F%2Fdesk.kvist.example%2Fsign-in%2Fopenid%2Fback",
        "scope=openid&",
        "state=a+state",
        "code_challenge_method=S256",
    ] {
        assert!(there.contains(said), "{said} in {there}");
    }
    assert!(!there.contains("vvv") && !there.contains("secret") && !there.contains("prompt"));
    assert_eq!(gone(&provider, &odd, &flow(false)).unwrap(), "248289761001");
    let anew = provider.authorize(&flow(true), now()).unwrap();
    assert!(
        anew.contains("max_age=0") && anew.contains("prompt=login"),
        "{anew}"
    );
    // Asked once for both; the secret is written in a head, or where the provider wants it.
    assert_eq!(odd.asked("/keys"), 1);
    let posted = tried(|does| {
        let ways = json!(["client_secret_post", "private_key_jwt"]);
        does.describes
            .insert("token_endpoint_auth_methods_supported".to_owned(), ways);
    });
    assert_eq!(posted.unwrap(), "248289761001");
}

#[test]
fn a_token_that_says_something_else_signs_nobody_in() {
    let late = NOW + 3_600;
    for (claim, value, why) in [
        ("iss", json!("http://127.0.0.1:1"), NotSignedIn::Issuer),
        ("iss", json!(""), NotSignedIn::Issuer),
        ("aud", json!("another"), NotSignedIn::Audience),
        ("aud", json!([]), NotSignedIn::Audience),
        ("aud", json!([CLIENT, "another"]), NotSignedIn::Audience),
        ("azp", json!("another"), NotSignedIn::Audience),
        ("nonce", json!("another"), NotSignedIn::Nonce),
        ("nonce", Value::Null, NotSignedIn::Nonce),
        ("exp", json!(NOW - 61), NotSignedIn::Times),
        ("exp", json!(1e300), NotSignedIn::Times),
        ("iat", json!(late), NotSignedIn::Times),
        ("nbf", json!(late), NotSignedIn::Times),
        ("sub", json!(""), NotSignedIn::Subject),
        ("sub", json!("a\nb"), NotSignedIn::Subject),
        ("sub", json!("å"), NotSignedIn::Subject),
        ("sub", json!("x".repeat(256)), NotSignedIn::Subject),
        ("sub", json!(7), NotSignedIn::Malformed("ID token")),
        ("exp", Value::Null, NotSignedIn::Malformed("ID token")),
        ("iat", json!("soon"), NotSignedIn::Malformed("ID token")),
    ] {
        let name = claim.to_owned();
        let refused = tried(|does| {
            does.claims.insert(name, value.clone());
        });
        assert_eq!(refused, Err(why), "{claim}: {value}");
    }
    // What may be said beside it, or otherwise.
    for (claim, value) in [
        ("aud", json!([CLIENT])),
        ("azp", json!(CLIENT)),
        ("exp", json!(NOW as f64 + 300.5)),
        ("email", json!("olof@kvist.example")),
    ] {
        let name = claim.to_owned();
        let taken = tried(|does| {
            does.claims.insert(name, value.clone());
        });
        assert!(taken.is_ok(), "{claim}: {value}: {taken:?}");
    }
}

#[test]
fn a_token_that_no_published_key_signed_signs_nobody_in() {
    let head = |head: Value, why: NotSignedIn| {
        let refused = tried(|does| does.head = head.clone());
        assert_eq!(refused, Err(why), "{head}");
    };
    head(json!({"alg": "none"}), NotSignedIn::Algorithm);
    head(
        json!({"alg": "HS256", "kid": "key-1"}),
        NotSignedIn::Algorithm,
    );
    head(json!({"kid": "key-1"}), NotSignedIn::Algorithm);
    head(json!({"alg": "RS256", "kid": "key-1"}), NotSignedIn::Key);
    head(
        json!({"alg": "ES384", "kid": "key-1"}),
        NotSignedIn::Signature,
    );
    head(
        json!({"alg": "ES256", "kid": "key-1", "typ": "at+jwt"}),
        NotSignedIn::Head,
    );
    head(
        json!({"alg": "ES256", "kid": "key-1", "crit": ["exp"]}),
        NotSignedIn::Head,
    );
    // Not signed, whatever its head says.
    let unsigned = tried(|does| {
        does.head = json!({"alg": "none"});
        does.signs_with = 0;
    });
    assert_eq!(unsigned, Err(NotSignedIn::Algorithm));
    for signature in ["", "AAAA", "!!"] {
        let refused = tried(|does| does.signature = Some(signature.to_owned()));
        assert!(
            matches!(
                refused,
                Err(NotSignedIn::Signature | NotSignedIn::Malformed(_))
            ),
            "{signature}: {refused:?}"
        );
    }
    // By another key under the name of a published one, and by one that brings itself.
    assert_eq!(
        tried(|does| does.signs_with = 2),
        Err(NotSignedIn::Signature)
    );
    let brought = tried(|does| {
        does.signs_with = 2;
        does.head =
            json!({"alg": "ES256", "jwk": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}});
    });
    assert!(brought.is_err(), "{brought:?}");
    // Without a name any published key will do; a secret that lies among them is none.
    assert!(tried(|does| does.head = json!({"alg": "ES256"})).is_ok());
    let keys = r#"{"keys":[{"kty":"oct","kid":"key-1","k":"c2VjcmV0"}]}"#;
    let shared = tried(|does| {
        does.answers.push(("/keys", http(200, keys)));
        does.head = json!({"alg": "HS256", "kid": "key-1"});
    });
    assert_eq!(shared, Err(NotSignedIn::NoKeys));
}

#[test]
fn a_key_that_is_not_known_is_looked_for_once() {
    let odd = OddProvider::start(|| NOW);
    let provider = Provider::new(read(&odd.settings()));
    gone(&provider, &odd, &flow(false)).unwrap();
    assert_eq!(odd.asked("/keys"), 1);
    // The provider has a new key.
    odd.does(|does| {
        does.head = json!({"alg": "ES256", "kid": "key-2"});
        does.signs_with = 2;
        does.publishes = vec![1, 2];
    });
    gone(&provider, &odd, &flow(false)).unwrap();
    assert_eq!(odd.asked("/keys"), 2);
    gone(&provider, &odd, &flow(false)).unwrap();
    assert_eq!(odd.asked("/keys"), 2);
    // One that nobody publishes is looked for, and not again and again.
    odd.does(|does| does.head = json!({"alg": "ES256", "kid": "key-3"}));
    assert_eq!(gone(&provider, &odd, &flow(false)), Err(NotSignedIn::Key));
    assert_eq!(odd.asked("/keys"), 3);
    // Nor is anything else asked for more often than once an hour.
    let later = now() + SignedDuration::from_mins(61);
    provider.authorize(&flow(false), later).unwrap();
    provider.authorize(&flow(false), later).unwrap();
    assert_eq!(odd.asked("/keys"), 4);
}

#[test]
fn who_has_to_show_anew_who_they_are_did_it_now() {
    let odd = OddProvider::start(|| NOW);
    let provider = Provider::new(read(&odd.settings()));
    assert!(gone(&provider, &odd, &flow(true)).is_ok());
    let shown = |at: Value| {
        odd.does(|does| {
            does.claims.insert("auth_time".to_owned(), at);
        });
    };
    for at in [json!(NOW - 3_600), json!(NOW + 3_600), Value::Null] {
        shown(at);
        assert_eq!(gone(&provider, &odd, &flow(true)), Err(NotSignedIn::TooOld));
        // Who only signs in may have been there for long, unless the settings say otherwise.
        assert!(gone(&provider, &odd, &flow(false)).is_ok());
    }
    let strict = Provider::new(read(&format!("{}max_age_minutes = 30\n", odd.settings())));
    let there = strict.authorize(&flow(false), now()).unwrap();
    assert!(there.contains("max_age=1800"), "{there}");
    shown(json!(NOW - 1_700));
    assert!(gone(&strict, &odd, &flow(false)).is_ok());
    shown(json!(NOW - 1_900));
    assert_eq!(gone(&strict, &odd, &flow(false)), Err(NotSignedIn::TooOld));
}

#[test]
fn a_provider_that_describes_itself_otherwise_is_not_believed() {
    for (field, value, why) in [
        (
            "issuer",
            json!("https://evil.example"),
            NotSignedIn::OtherIssuer,
        ),
        (
            "token_endpoint",
            json!("http://evil.example/"),
            NotSignedIn::Address("token_endpoint"),
        ),
        (
            "jwks_uri",
            json!("file:///etc/passwd"),
            NotSignedIn::Address("jwks_uri"),
        ),
        (
            "authorization_endpoint",
            json!("javascript:alert(1)"),
            NotSignedIn::Address("authorization_endpoint"),
        ),
        (
            "jwks_uri",
            Value::Null,
            NotSignedIn::Malformed("description of itself"),
        ),
        (
            "token_endpoint_auth_methods_supported",
            json!(["private_key_jwt"]),
            NotSignedIn::NoWay,
        ),
    ] {
        let name = field.to_owned();
        let refused = tried(|does| {
            does.describes.insert(name, value.clone());
        });
        assert_eq!(refused, Err(why), "{field}: {value}");
        assert_eq!(why.kind(), Kind::Provider);
    }
}

#[test]
fn what_is_too_long_too_slow_or_sent_elsewhere_is_no_answer() {
    let endless = format!("{{\"issuer\":\"{}\"", "x".repeat(300 << 10));
    let elsewhere =
        "HTTP/1.1 302 Elsewhere\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
    let told = r#"{"error":"invalid_client"}"#;
    for (path, answer, why) in [
        (
            "/.well-known/openid-configuration",
            http(200, &endless),
            NotSignedIn::NoAnswer(NoAnswer::TooLong),
        ),
        (
            "/.well-known/openid-configuration",
            elsewhere.to_owned(),
            NotSignedIn::Status(302),
        ),
        (
            "/.well-known/openid-configuration",
            http(200, "[]"),
            NotSignedIn::Malformed("description of itself"),
        ),
        (
            "/.well-known/openid-configuration",
            String::new(),
            NotSignedIn::NoAnswer(NoAnswer::BrokeOff),
        ),
        (
            "/keys",
            http(200, &endless),
            NotSignedIn::NoAnswer(NoAnswer::TooLong),
        ),
        ("/keys", elsewhere.to_owned(), NotSignedIn::Status(302)),
        (
            "/keys",
            http(200, "{}"),
            NotSignedIn::Malformed("set of keys"),
        ),
        (
            "/keys",
            http(200, r#"{"keys":[{"kty":"odd"},7]}"#),
            NotSignedIn::NoKeys,
        ),
        (
            "/token",
            http(200, &endless),
            NotSignedIn::NoAnswer(NoAnswer::TooLong),
        ),
        ("/token", elsewhere.to_owned(), NotSignedIn::Status(302)),
        (
            "/token",
            http(200, "{}"),
            NotSignedIn::Malformed("answer to a code"),
        ),
        (
            "/token",
            http(200, r#"{"id_token":"a.b"}"#),
            NotSignedIn::Head,
        ),
        ("/token", http(401, told), NotSignedIn::Client),
        (
            "/token",
            http(400, r#"{"error":"invalid_grant"}"#),
            NotSignedIn::Code,
        ),
        ("/token", http(503, "later"), NotSignedIn::Status(503)),
    ] {
        let refused = tried(|does| does.answers.push((path, answer.clone())));
        assert_eq!(refused, Err(why), "{path}");
    }
    assert_eq!(NotSignedIn::Status(503).kind(), Kind::Down);
    assert_eq!(NotSignedIn::Status(302).kind(), Kind::Provider);
}

#[test]
fn a_provider_that_is_down_is_not_asked_by_everybody() {
    let odd = OddProvider::start(|| NOW);
    odd.does(|does| does.closed = true);
    let provider = Provider::new(read(&odd.settings()));
    let path = "/.well-known/openid-configuration";
    for _ in 0..20 {
        let refused = provider.authorize(&flow(false), now()).unwrap_err();
        assert_eq!(refused.kind(), Kind::Down);
    }
    assert_eq!(odd.asked(path), 1);
    // It is there again.
    odd.does(|does| does.closed = false);
    let later = now() + SignedDuration::from_secs(11);
    assert!(provider.authorize(&flow(false), later).is_ok());
    assert_eq!(provider.look().unwrap().keys, 1);
    // Nobody listens at all.
    let nowhere = read(&odd.settings().replace(&odd.issuer(), "http://127.0.0.1:1"));
    let refused = Provider::new(nowhere).look().unwrap_err();
    assert_eq!(refused, NotSignedIn::NoAnswer(NoAnswer::Unreachable));
    // And an address of a private network is allowed, or not.
    let public = read(&odd.settings().replace("private = true\n", ""));
    let refused = Provider::new(public).look().unwrap_err();
    assert_eq!(refused, NotSignedIn::NoAnswer(NoAnswer::Private));
}

#[test]
fn an_answer_names_the_provider_where_it_says_that_it_does() {
    let odd = OddProvider::start(|| NOW);
    let provider = Provider::new(read(&odd.settings()));
    let issuer = odd.issuer();
    assert_eq!(provider.answers_as(None, now()), Ok(true));
    assert_eq!(provider.answers_as(Some(&issuer), now()), Ok(true));
    assert_eq!(
        provider.answers_as(Some("https://evil.example"), now()),
        Ok(false)
    );
    odd.does(|does| {
        let name = "authorization_response_iss_parameter_supported".to_owned();
        does.describes.insert(name, json!(true));
    });
    let provider = Provider::new(read(&odd.settings()));
    assert_eq!(provider.answers_as(None, now()), Ok(false));
}

const WHOLE: &str = "issuer = \"https://login.kvist.example/realms/staff\"\nclient = \"lagrum\"\nsecret_file = \"openid.secret\"\nname = \"Kvist login\"\nmax_age_minutes = 480\n";

#[test]
fn settings_that_are_wrong_are_told_by_their_field() {
    let usual = read(WHOLE);
    assert_eq!(usual.secret.as_str(), SECRET);
    assert!(!usual.private && !format!("{usual:?}").contains("s3cret"));
    assert!(
        OpenIdSettings::read(Path::new("/nowhere/openid.toml"))
            .unwrap()
            .is_none()
    );
    for (from, to, says) in [
        ("client =", "clint =", "clint"),
        ("https://login", "http://login", "issuer:"),
        ("https://login", "https://user@login", "issuer:"),
        ("realms/staff", "realms?x=1", "issuer:"),
        ("\"lagrum\"", "\"\"", "client:"),
        ("\"lagrum\"", "\"a b\"", "client:"),
        ("Kvist login", " ", "name:"),
        (
            "Kvist login",
            "A name of a provider that no button could hold",
            "name:",
        ),
        ("480", "0", "max_age_minutes:"),
        ("openid.secret", "empty", "secret_file:"),
        ("openid.secret", "two", "secret_file:"),
        ("openid.secret", "none", "none"),
    ] {
        assert!(WHOLE.contains(from), "{from}");
        let (_place, path) = written(&WHOLE.replacen(from, to, 1));
        let why = OpenIdSettings::read(&path).err().unwrap().to_string();
        assert!(why.contains(says), "{why}");
        assert!(!why.contains("s3cret"), "{why}");
    }
    for (file, mode) in [("openid.secret", 0o644), ("openid.toml", 0o666)] {
        let (place, path) = written(WHOLE);
        let file = place.path().join(file);
        std::fs::set_permissions(file, PermissionsExt::from_mode(mode)).unwrap();
        assert!(OpenIdSettings::read(&path).is_err(), "others could");
    }
}

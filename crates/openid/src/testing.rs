//! A provider that does what a test says, for tests (feature `testing`): also what none may do.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use form_urlencoded::{Serializer, parse};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

/// As which client the desk is known there.
pub const CLIENT: &str = "lagrum+desk";
/// With which secret: signs that have to be written otherwise in a head.
pub const SECRET: &str = "s3cret:+%/ &";

/// What it does.
#[derive(Clone, Debug)]
pub struct Does {
    /// Its clock, in seconds since 1970.
    pub now: fn() -> i64,
    /// Who is there.
    pub subject: String,
    /// The head of the ID token.
    pub head: Value,
    /// Claims that are other than they should be; null: left out.
    pub claims: Map<String, Value>,
    /// With which key it signs; 0: not at all.
    pub signs_with: u8,
    /// What stands in the place of the signature.
    pub signature: Option<String>,
    /// Which keys it publishes.
    pub publishes: Vec<u8>,
    /// Fields of its description that are other than they should be; null: left out.
    pub describes: Map<String, Value>,
    /// Answers that are sent as they stand, by the path that is asked for.
    pub answers: Vec<(&'static str, String)>,
    /// Nobody is answered.
    pub closed: bool,
    /// What was asked for so far.
    pub asked: Vec<String>,
}

/// It runs for as long as the test does.
pub struct OddProvider {
    port: u16,
    does: Arc<Mutex<Does>>,
}

impl OddProvider {
    /// Starts one that does all as it should, with this clock (in seconds since 1970).
    ///
    /// # Panics
    /// When nothing can be listened on.
    #[must_use]
    pub fn start(now: fn() -> i64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("a port").port();
        let does = Does {
            now,
            subject: "248289761001".to_owned(),
            head: json!({"alg": "ES256", "kid": "key-1"}),
            claims: Map::new(),
            signs_with: 1,
            signature: None,
            publishes: vec![1],
            describes: Map::new(),
            answers: Vec::new(),
            closed: false,
            asked: Vec::new(),
        };
        let does = Arc::new(Mutex::new(does));
        let serves = Arc::clone(&does);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let does = Arc::clone(&serves);
                thread::spawn(move || answer(stream, port, &does));
            }
        });
        Self { port, does }
    }

    /// Who it is.
    #[must_use]
    pub fn issuer(&self) -> String {
        issuer(self.port)
    }

    /// `openid.toml` for it; the secret lies in `openid.secret`.
    #[must_use]
    pub fn settings(&self) -> String {
        format!(
            "issuer = \"{}\"\nclient = \"{CLIENT}\"\nsecret_file = \"openid.secret\"\nname = \"Kvist login\"\nprivate = true\n",
            self.issuer()
        )
    }

    /// Changes what it does.
    pub fn does(&self, change: impl FnOnce(&mut Does)) {
        change(&mut self.does.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// How often it was asked for a path.
    #[must_use]
    pub fn asked(&self, path: &str) -> usize {
        let does = self.does.lock().unwrap_or_else(PoisonError::into_inner);
        does.asked.iter().filter(|one| *one == path).count()
    }

    /// What somebody's browser is sent back with who went to `address` and signed in: path and query.
    ///
    /// # Panics
    /// When the address is not one of this provider.
    #[must_use]
    pub fn comes_back(&self, address: &str) -> String {
        let start = format!("{}/authorize?", self.issuer());
        let query = address
            .strip_prefix(&start)
            .unwrap_or_else(|| panic!("{address}"));
        let asked = |name: &str| field(query, name);
        let code = json!({
            "nonce": asked("nonce"), "challenge": asked("code_challenge"), "back": asked("redirect_uri"),
        });
        let code = BASE64_URL_SAFE_NO_PAD.encode(code.to_string());
        let mut back = Serializer::new(String::new());
        back.append_pair("code", &code)
            .append_pair("state", &asked("state"));
        let address = asked("redirect_uri");
        let path = address.splitn(4, '/').nth(3).unwrap_or_default();
        format!("/{path}?{}", back.finish())
    }
}

fn issuer(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

/// The first field of that name.
fn field(text: &str, name: &str) -> String {
    let found = parse(text.as_bytes()).find(|(known, _)| known == name);
    found
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

/// A whole answer with a body.
#[must_use]
pub fn http(status: u16, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} Answer\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn answer(mut stream: TcpStream, port: u16, does: &Mutex<Does>) {
    let Some((path, head, body)) = asked(&mut stream) else {
        return;
    };
    let does = {
        let mut does = does.lock().unwrap_or_else(PoisonError::into_inner);
        does.asked.push(path.clone());
        does.clone()
    };
    if does.closed {
        return;
    }
    let odd = does.answers.iter().find(|(known, _)| *known == path);
    let said = match (odd, path.as_str()) {
        (Some((_, odd)), _) => odd.clone(),
        (None, "/.well-known/openid-configuration") => http(200, &description(port, &does)),
        (None, "/keys") => {
            let keys: Vec<_> = does.publishes.iter().map(|one| public(*one)).collect();
            http(200, &json!({"keys": keys}).to_string())
        }
        (None, "/token") => token(port, &does, &head, &body),
        _ => http(404, "{}"),
    };
    let _ = stream.write_all(said.as_bytes());
}

/// Path, head and body of a request.
fn asked(stream: &mut TcpStream) -> Option<(String, String, String)> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = header(head, "content-length").parse().unwrap_or(0);
            if body.len() >= length {
                let path = head.split(' ').nth(1)?.to_owned();
                return Some((path, head.to_owned(), body.to_owned()));
            }
        }
        match stream.read(&mut piece) {
            Ok(0) | Err(_) => return None,
            Ok(got) => bytes.extend_from_slice(&piece[..got]),
        }
    }
}

fn header(head: &str, name: &str) -> String {
    let found = head.lines().find_map(|line| {
        let (known, value) = line.split_once(':')?;
        known
            .eq_ignore_ascii_case(name)
            .then(|| value.trim().to_owned())
    });
    found.unwrap_or_default()
}

fn changed(mut value: Map<String, Value>, changes: &Map<String, Value>) -> Value {
    for (name, other) in changes {
        match other {
            Value::Null => value.remove(name),
            other => value.insert(name.clone(), other.clone()),
        };
    }
    Value::Object(value)
}

fn description(port: u16, does: &Does) -> String {
    let issuer = issuer(port);
    let usual = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256"],
    });
    let usual = usual.as_object().cloned().unwrap_or_default();
    changed(usual, &does.describes).to_string()
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed.max(1); 32].into()).expect("a key of P-256")
}

fn public(seed: u8) -> Value {
    let point = key(seed).verifying_key().to_encoded_point(false);
    let coded = |part: Option<&[u8]>| BASE64_URL_SAFE_NO_PAD.encode(part.unwrap_or_default());
    json!({
        "kty": "EC", "crv": "P-256", "use": "sig", "kid": format!("key-{seed}"),
        "x": coded(point.x().map(|x| &x[..])), "y": coded(point.y().map(|y| &y[..])),
    })
}

/// Exchanges a code as often as somebody likes: that it is used once, the desk has to hold itself.
fn token(port: u16, does: &Does, head: &str, body: &str) -> String {
    let coded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let basic = BASE64_STANDARD.encode(format!("{}:{}", coded(CLIENT), coded(SECRET)));
    let posted = field(body, "client_id") == CLIENT && field(body, "client_secret") == SECRET;
    if header(head, "authorization") != format!("Basic {basic}") && !posted {
        return http(401, r#"{"error":"invalid_client"}"#);
    }
    let code = BASE64_URL_SAFE_NO_PAD.decode(field(body, "code"));
    let code: Value = serde_json::from_slice(&code.unwrap_or_default()).unwrap_or_default();
    let challenge = Sha256::digest(field(body, "code_verifier").as_bytes());
    let challenge = BASE64_URL_SAFE_NO_PAD.encode(challenge);
    if code["challenge"] != challenge || code["back"] != field(body, "redirect_uri") {
        return http(400, r#"{"error":"invalid_grant"}"#);
    }
    let now = (does.now)();
    let claims = json!({
        "iss": issuer(port), "sub": does.subject, "aud": CLIENT, "nonce": code["nonce"],
        "iat": now, "exp": now + 300, "auth_time": now,
    });
    let claims = changed(
        claims.as_object().cloned().unwrap_or_default(),
        &does.claims,
    );
    let signed = format!(
        "{}.{}",
        BASE64_URL_SAFE_NO_PAD.encode(does.head.to_string()),
        BASE64_URL_SAFE_NO_PAD.encode(claims.to_string())
    );
    let signature = match (&does.signature, does.signs_with) {
        (Some(odd), _) => odd.clone(),
        (None, 0) => String::new(),
        (None, seed) => {
            let signature: Signature = key(seed).sign(signed.as_bytes());
            BASE64_URL_SAFE_NO_PAD.encode(signature.to_bytes())
        }
    };
    let told = json!({
        "access_token": "unused", "token_type": "Bearer", "id_token": format!("{signed}.{signature}"),
    });
    http(200, &told.to_string())
}

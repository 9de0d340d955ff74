//! What somebody who has the database and the master key can do by hand, without the desk's program:
//! open the events of a case, and seal others in their place.

use std::fs;
use std::path::Path;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use lagrum_log::{Commitment, Salt};
use lagrum_model::CaseId;
use rand_core::{OsRng, RngCore};
use rusqlite::{Connection, params};
use sha2::Sha256;

/// One case in the database, with its key.
pub struct Opened {
    database: Connection,
    case: CaseId,
    key: XChaCha20Poly1305,
}

fn keyed(key: &[u8], pieces: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).unwrap();
    for piece in pieces {
        mac.update(&(piece.len() as u64).to_be_bytes());
        mac.update(piece);
    }
    mac.finalize().into_bytes().into()
}

fn open(key: &XChaCha20Poly1305, aad: &[u8], sealed: &[u8]) -> Vec<u8> {
    let (nonce, msg) = sealed.split_at(24);
    let payload = Payload { msg, aad };
    key.decrypt(XNonce::from_slice(nonce), payload).unwrap()
}

impl Opened {
    /// Opens the key of a case with the master key that lies at the desk.
    pub fn new(dir: &Path, case: &CaseId) -> Self {
        let secret = fs::read_to_string(dir.join("desk/master.key")).unwrap();
        let master = hex::decode(secret.split_whitespace().last().unwrap()).unwrap();
        let wrapping = keyed(&master, &[b"lagrum store v1\n", b"wrap"]);
        let wrapping = XChaCha20Poly1305::new((&wrapping).into());
        let database = Connection::open(dir.join("desk/desk.sqlite")).unwrap();
        database
            .execute_batch(
                "drop trigger if exists event_stays; drop trigger if exists event_remains;
                 drop trigger if exists log_entry_stays; drop trigger if exists log_entry_remains;",
            )
            .unwrap();
        let wrapped: Vec<u8> = database
            .query_row(
                "select key from case_file where year = $1 and number = $2",
                params![case.year(), case.number()],
                |row| row.get(0),
            )
            .unwrap();
        let key = open(&wrapping, &aad("case key", case, &[]), &wrapped);
        Self {
            database,
            case: case.clone(),
            key: XChaCha20Poly1305::new(key.as_slice().into()),
        }
    }

    fn rows(&self) -> Vec<(u64, [u8; 32], Vec<u8>)> {
        // In their order, whatever was done to the table.
        let mut query = self
            .database
            .prepare(
                "select event, commitment, sealed from event
                 where year = $1 and number = $2 order by event",
            )
            .unwrap();
        let rows = query.query_map(params![self.case.year(), self.case.number()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        });
        rows.unwrap().collect::<Result<_, _>>().unwrap()
    }

    /// Exchanges words in every event, and seals each again as the desk would: with its salt, a
    /// commitment that fits, and the key of the case. Says how many changed.
    pub fn exchange(&self, words: &[(String, String)]) -> usize {
        let mut changed = 0;
        for (number, commitment, sealed) in self.rows() {
            let place = |commitment: &[u8; 32]| {
                aad("event", &self.case, &[&number.to_be_bytes(), commitment])
            };
            let plain = open(&self.key, &place(&commitment), &sealed);
            let (salt, text) = plain.split_at(32);
            let genuine = String::from_utf8(text.to_vec()).unwrap();
            let mut text = genuine.clone();
            for (old, new) in words {
                text = text.replace(old, new);
            }
            if text == genuine {
                continue;
            }
            let kept = Salt::from_bytes(salt.try_into().unwrap());
            let commitment = *Commitment::of(&kept, text.as_bytes()).as_bytes();
            let plain = [salt, text.as_bytes()].concat();
            let sealed = self.seal(&place(&commitment), &plain);
            self.store_event(number, &commitment, &sealed);
            changed += 1;
        }
        changed
    }

    /// Adds an event to the case, as the desk's own program would: it waits for the log.
    pub fn add(&self, actor: serde_json::Value, what: serde_json::Value) -> u64 {
        let number = self.rows().len() as u64 + 1;
        let event = serde_json::json!({
            "format": "lagrum-event/1", "case": self.case, "number": number,
            "at": "2026-11-21T09:30:00Z", "actor": actor, "reason": "because", "what": what,
        });
        let text = event.to_string();
        let mut salt = [0; 32];
        OsRng.fill_bytes(&mut salt);
        let salt = Salt::from_bytes(salt);
        let commitment = *Commitment::of(&salt, text.as_bytes()).as_bytes();
        let place = aad("event", &self.case, &[&number.to_be_bytes(), &commitment]);
        let sealed = self.seal(&place, &[salt.as_bytes(), text.as_bytes()].concat());
        let (year, case) = (self.case.year(), self.case.number());
        let row = params![year, case, number, commitment, sealed];
        let insert = "insert into event (year, number, event, commitment, sealed)
                      values ($1, $2, $3, $4, $5)";
        self.database.execute(insert, row).unwrap();
        let row = params![year, case, number];
        let insert = "insert into unplaced (year, number, event) values ($1, $2, $3)";
        self.database.execute(insert, row).unwrap();
        let count = "update case_file set events = ?3 where year = ?1 and number = ?2";
        self.database.execute(count, row).unwrap();
        number
    }

    /// The text of an event.
    pub fn text(&self, number: u64) -> String {
        let mut rows = self.rows().into_iter();
        let (_, commitment, sealed) = rows.find(|row| row.0 == number).unwrap();
        let place = aad("event", &self.case, &[&number.to_be_bytes(), &commitment]);
        let plain = open(&self.key, &place, &sealed);
        String::from_utf8(plain[32..].to_vec()).unwrap()
    }

    /// Puts other bytes in the place of an original, sealed as if they were that one.
    pub fn replace_original(&self, digest: &lagrum_model::Sha256Digest, bytes: &[u8]) {
        let sealed = self.seal(&aad("original", &self.case, &[&digest.0]), bytes);
        let row = params![self.case.year(), self.case.number(), sealed];
        let update = "update original set sealed = ?3 where year = ?1 and number = ?2";
        assert_eq!(self.database.execute(update, row).unwrap(), 1);
    }

    /// Any statement.
    pub fn execute(&self, statements: &str) {
        self.database.execute_batch(statements).unwrap();
    }

    /// Flips one bit of the sealed bytes of the last event.
    pub fn flip_a_bit(&self) {
        let (number, commitment, mut sealed) = self.rows().pop().unwrap();
        let last = sealed.len() - 20;
        sealed[last] ^= 1;
        self.store_event(number, &commitment, &sealed);
    }

    /// Asks the desk to send something to an agent: `body` as the outbox holds it.
    pub fn ask(&self, key: &str, kind: &str, body: &[u8]) {
        let sealed = self.seal(&aad("outbox", &self.case, &[key.as_bytes()]), body);
        let row = params![
            key,
            self.case.year(),
            self.case.number(),
            self.rows().len(),
            kind,
            sealed
        ];
        self.database
            .execute(
                "insert into outbox (key, year, number, event, kind, sealed) values ($1, $2, $3, $4, $5, $6)",
                row,
            )
            .unwrap();
    }

    fn store_event(&self, number: u64, commitment: &[u8; 32], sealed: &[u8]) {
        let (year, case) = (self.case.year(), self.case.number());
        for (table, extra) in [("event", ", sealed = ?5"), ("log_entry", "")] {
            let text = format!(
                "update {table} set commitment = ?4{extra} where year = ?1 and number = ?2 and event = ?3"
            );
            let mut update = self.database.prepare(&text).unwrap();
            let changed = match extra {
                "" => update.execute(params![year, case, number, commitment]),
                _ => update.execute(params![year, case, number, commitment, sealed]),
            };
            // What the sequencer has not seen yet has no place in the log.
            let changed = changed.unwrap();
            assert!(changed == 1 || table == "log_entry", "{table}");
        }
    }

    fn seal(&self, aad: &[u8], msg: &[u8]) -> Vec<u8> {
        let mut nonce = [0; 24];
        OsRng.fill_bytes(&mut nonce);
        let payload = Payload { msg, aad };
        let sealed = self.key.encrypt(XNonce::from_slice(&nonce), payload);
        [&nonce[..], &sealed.unwrap()].concat()
    }
}

fn aad(purpose: &str, case: &CaseId, pieces: &[&[u8]]) -> Vec<u8> {
    let mut aad = format!("lagrum {purpose} v1\n{case}\n").into_bytes();
    for piece in pieces {
        aad.extend_from_slice(piece);
    }
    aad
}

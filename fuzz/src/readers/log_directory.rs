//! A published log that somebody else wrote: its checkpoint, and as many tiles and bundles as the
//! input has pieces.

use std::fs;

use lagrum_log::LogReader;
use lagrum_notes::{SigningKey, role};

use crate::data_side::directory;

/// The files of a small log.
const FILES: [&str; 5] = [
    "checkpoint",
    "tile/0/000.p/3",
    "tile/entries/000.p/3",
    "tile/0/000",
    "tile/1/000.p/1",
];

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    let key = SigningKey::<role::Log>::from_seed(&[7; 32], "kvist.example/log").expect("a name");
    let dir = directory();
    // What stands first is signed, so that what lies behind the signature is reached.
    let pieces: Vec<_> = bytes.splitn(FILES.len(), |byte| *byte == 0xff).collect();
    for (name, piece) in FILES.iter().zip(&pieces) {
        let file = dir.path().join(name);
        fs::create_dir_all(file.parent().expect("a parent")).expect("a directory");
        let signed = std::str::from_utf8(piece)
            .ok()
            .filter(|_| *name == "checkpoint")
            .and_then(|text| key.sign_note(text).ok());
        fs::write(file, signed.as_deref().map_or(*piece, str::as_bytes)).expect("a file");
    }
    let reader = LogReader::open(dir.path(), key.verifying_key());
    let _ = reader.verify_all();
    for index in [0, 1, 255, 256] {
        let _ = reader.entry(index);
        let _ = reader.prove_consistency(index);
    }
}

//! Our own files: style, script, letters. Each has its digest in its address, so that browsers may
//! keep it and never show an old one.

use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

use crate::error::Problem;
use crate::reply::Reply;
use crate::visit::Visit;

pub(crate) struct File {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

pub(crate) static STYLE: File = File {
    name: "style.css",
    kind: "text/css; charset=utf-8",
    bytes: include_bytes!("../assets/style.css"),
};
pub(crate) static SCRIPT: File = File {
    name: "desk.js",
    kind: "text/javascript; charset=utf-8",
    bytes: include_bytes!("../assets/desk.js"),
};
/// One key for what is done often.
pub(crate) static KEYS: File = File {
    name: "keys.js",
    kind: "text/javascript; charset=utf-8",
    bytes: include_bytes!("../assets/keys.js"),
};
/// The door's own script: passkeys as on the desk, and a key that is made in the browser.
pub(crate) static KEY_SCRIPT: File = File {
    name: "key.js",
    kind: "text/javascript; charset=utf-8",
    bytes: include_bytes!("../assets/key.js"),
};
pub(crate) static ICON: File = File {
    name: "icon.svg",
    kind: "image/svg+xml",
    bytes: include_bytes!("../assets/icon.svg"),
};
static FONTS: [File; 3] = [
    File {
        name: "sans.woff2",
        kind: "font/woff2",
        bytes: include_bytes!("../assets/fonts/source-sans-3-latin-wght-normal.woff2"),
    },
    File {
        name: "serif.woff2",
        kind: "font/woff2",
        bytes: include_bytes!("../assets/fonts/source-serif-4-latin-wght-normal.woff2"),
    },
    File {
        name: "mono.woff2",
        kind: "font/woff2",
        bytes: include_bytes!("../assets/fonts/source-code-pro-latin-wght-normal.woff2"),
    },
];

/// One digest for all of them: a page is never shown with a style of another version.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut all = Sha256::new();
    for file in files() {
        all.update(file.bytes);
    }
    all.finalize()[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
});

fn files() -> impl Iterator<Item = &'static File> {
    [&STYLE, &SCRIPT, &KEYS, &KEY_SCRIPT, &ICON]
        .into_iter()
        .chain(&FONTS)
}

impl File {
    pub(crate) fn address(&self) -> String {
        format!("/files/{}/{}", *VERSION, self.name)
    }
}

pub(crate) fn get(visit: &Visit<'_>) -> Result<Reply, Problem> {
    named(visit.param("version")?, visit.param("name")?)
}

/// One of our own files, of this version.
pub(crate) fn named(version: &str, name: &str) -> Result<Reply, Problem> {
    let file = files().find(|file| file.name == name);
    let file = file.filter(|_| version == *VERSION);
    let file = file.ok_or(Problem::NotThere)?;
    Ok(Reply {
        status: 200,
        headers: vec![
            ("content-type", file.kind.to_owned()),
            (
                "cache-control",
                "public, max-age=31536000, immutable".into(),
            ),
        ],
        body: file.bytes.to_vec(),
        piece: None,
    })
}

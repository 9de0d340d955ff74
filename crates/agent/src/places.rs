//! Whether each place in the stores is one account's alone.

use std::collections::HashMap;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use lagrum_source::Source;

use crate::accounts::Accounts;

/// A file or directory whatever it is called: device and inode.
type Identity = (u64, u64);

/// A place of an account, as the configuration writes it.
struct Owner<'s> {
    source: &'s str,
    account: &'s str,
    written: &'s Path,
}

/// Checks that each account for which a source has a place is known with its facts, and that no
/// place is another account's, or lies within it: by the path, or as one directory that is reached
/// in two ways.
///
/// # Errors
/// A sentence that names the line, and for two accounts both.
pub(crate) fn are_apart(accounts: &Accounts, sources: &[Box<dyn Source>]) -> Result<(), String> {
    let mut owners = Vec::new();
    let mut real = Vec::new();
    for source in sources {
        let id = source.about().id.as_str();
        for place in source.places() {
            let line = |why: String| format!("source `{id}`: field `accounts`: {why}");
            let account = accounts.is_account(place.account).map_err(line)?;
            if accounts.has_none(id, account) {
                return Err(line(format!(
                    "`{account}` has a place and stands in `none`; keep one of the two"
                )));
            }
            real.push(resolved(&place.path));
            owners.push(Owner {
                source: id,
                account: place.account,
                written: place.written,
            });
        }
    }
    let mut by_path: HashMap<&Path, usize> = HashMap::new();
    let mut by_identity: HashMap<Identity, usize> = HashMap::new();
    let mut stats = Stats::default();
    let same = |one: usize, other: usize| {
        let [one, other] = [one, other].map(|number| owners[number].account);
        one.eq_ignore_ascii_case(other)
    };
    for (number, path) in real.iter().enumerate() {
        let before = by_path.insert(path, number);
        let identity = stats.of(path);
        let known = identity.and_then(|identity| by_identity.insert(identity, number));
        if let Some(other) = [before, known]
            .into_iter()
            .flatten()
            .find(|o| !same(*o, number))
        {
            return Err(shared(
                &owners[other],
                &owners[number],
                "are the same place",
            ));
        }
    }
    for (number, path) in real.iter().enumerate() {
        for above in path.ancestors().skip(1) {
            let identity = stats.of(above);
            let around = [
                by_path.get(above),
                identity.and_then(|identity| by_identity.get(&identity)),
            ];
            if let Some(other) = around.into_iter().flatten().find(|o| !same(**o, number)) {
                let why = "are two accounts' places, and the second lies within the first";
                return Err(shared(&owners[*other], &owners[number], why));
            }
        }
    }
    Ok(())
}

fn shared(one: &Owner<'_>, other: &Owner<'_>, why: &str) -> String {
    let line = |owner: &Owner<'_>| {
        let Owner {
            source,
            account,
            written,
        } = owner;
        format!(
            "\"{account}\" = \"{}\" in source `{source}`",
            written.display()
        )
    };
    format!(
        "accounts: {} and {} {why}, so that mail of one of the two accounts would be taken for the other's; give each a place of its own",
        line(one),
        line(other)
    )
}

/// A path without links and `..`, as far as it exists.
fn resolved(path: &Path) -> PathBuf {
    for above in path.ancestors() {
        if let Ok(real) = above.canonicalize() {
            let rest = path.strip_prefix(above).unwrap_or(Path::new(""));
            return real.join(rest).components().collect();
        }
    }
    path.components().collect()
}

/// What was looked up of the file system.
#[derive(Default)]
struct Stats(HashMap<PathBuf, Option<Identity>>);

impl Stats {
    fn of(&mut self, path: &Path) -> Option<Identity> {
        if let Some(known) = self.0.get(path) {
            return *known;
        }
        let identity = |found: Metadata| (found.dev(), found.ino());
        let found = path.metadata().ok().map(identity);
        self.0.insert(path.to_owned(), found);
        found
    }
}

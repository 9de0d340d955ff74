//! Whose the files of whoever runs the program are, and who could put others in their place: what `ssh`
//! asks of its own (`StrictModes`), of the file, of each directory above it, and of each link on the way.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs::Metadata;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};

use crate::FileError;

/// The most links on one way, as the system has it.
const MOST_LINKS: usize = 40;
/// Set on a directory in which only its owner can remove or rename a file: `/tmp`.
const STICKY: u32 = 0o1000;

/// Those whose files are believed: root, and whoever runs the program.
#[derive(Clone, Copy)]
pub(crate) struct Trusted {
    me: u32,
}

impl Trusted {
    /// Root, and whoever runs this process.
    pub(crate) fn here() -> Self {
        Self {
            me: rustix::process::geteuid().as_raw(),
        }
    }

    #[cfg(test)]
    fn of(me: u32) -> Self {
        Self { me }
    }

    /// What is wrong with the owner of something, and the way out.
    pub(crate) fn owner_fault(self, about: &Metadata, what: &Path) -> Option<io::Error> {
        let owner = about.uid();
        if owner == 0 || owner == self.me {
            return None;
        }
        // Given to root, its own user could not use it any more.
        if self.me == 0 {
            return Some(refused(theirs(what, owner)));
        }
        let what = what.display();
        Some(refused(format!(
            "{what} belongs to the user {owner}, and neither to root nor to the user {me} who runs this program; first make sure that it says what it should, then: chown -h {me} {what}",
            me = self.me
        )))
    }

    /// Asks whether nobody else can put another file in the place of `file`: each directory above it, and
    /// each link on the way, belongs to root or to whoever runs the program, and no directory can be
    /// written by others, unless it is one like `/tmp`, in which each can remove only what is theirs.
    ///
    /// # Errors
    /// When somebody can ([`io::ErrorKind::PermissionDenied`], with the way out), or when the way leads
    /// nowhere.
    pub(crate) fn check_way(self, file: &Path) -> Result<(), FileError> {
        let fault = |why| FileError::new("use", file, why);
        let absolute = std::path::absolute(file).map_err(FileError::of("open", file))?;
        let mut left = parts(&absolute).collect::<VecDeque<_>>();
        let (mut at, mut links) = (PathBuf::from("/"), 0);
        self.check_directory(&at).map_err(fault)?;
        while let Some(next) = left.pop_front() {
            if next == ".." {
                at.pop();
                continue;
            }
            let here = at.join(next);
            let about = here
                .symlink_metadata()
                .map_err(FileError::of("open", file))?;
            if about.is_symlink() {
                links += 1;
                if links > MOST_LINKS {
                    let why = format!("more than {MOST_LINKS} links on the way");
                    return Err(fault(io::Error::new(io::ErrorKind::InvalidInput, why)));
                }
                if let Some(why) = self.owner_fault(&about, &here) {
                    return Err(fault(why));
                }
                let to = here.read_link().map_err(FileError::of("open", file))?;
                if to.is_absolute() {
                    at = PathBuf::from("/");
                }
                for part in parts(&to).collect::<Vec<_>>().into_iter().rev() {
                    left.push_front(part);
                }
                continue;
            }
            // The last is the file itself, which whoever reads it looks at when it is open.
            if about.is_dir() && !left.is_empty() {
                self.check_directory(&here).map_err(fault)?;
            }
            at = here;
        }
        Ok(())
    }

    /// Whether a directory on the way is its owner's alone to change.
    fn check_directory(self, directory: &Path) -> Result<(), io::Error> {
        let about = directory.symlink_metadata()?;
        if let Some(why) = self.owner_fault(&about, directory) {
            return Err(why);
        }
        let mode = about.mode();
        if mode & 0o022 == 0 || mode & STICKY != 0 {
            return Ok(());
        }
        let shown = directory.display();
        Err(refused(format!(
            "others than its owner can change the directory {shown} above it (mode {:03o}), and so put another file in its place; first make sure that nobody did, then: chmod go-w {shown}",
            mode & 0o777
        )))
    }
}

/// What root is told of what belongs to another user.
fn theirs(what: &Path, owner: u32) -> String {
    let what = what.display();
    match name_of(owner) {
        Some(name) => format!(
            "{what} belongs to the user {name}, and root does not take its word for it; run the command as that user: runuser -u {name} -- lagrum … (and give it to root only if nothing runs as that user)"
        ),
        None => format!(
            "{what} belongs to the user {owner}, and root does not take its word for it; run the command as that user (and give it to root only if nothing runs as that user)"
        ),
    }
}

/// The name of a user of this system itself, if it has one that can be written on a command line.
fn name_of(user: u32) -> Option<String> {
    named_in(&std::fs::read_to_string("/etc/passwd").ok()?, user)
}

/// The same, in a file of passwd(5).
fn named_in(users: &str, user: u32) -> Option<String> {
    let names = users.lines().filter_map(|line| {
        let mut fields = line.split(':');
        let (name, number) = (fields.next()?, fields.nth(1)?);
        (number.parse() == Ok(user)).then_some(name)
    });
    let plain = |name: &&str| {
        let may = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        !name.is_empty() && !name.starts_with('-') && name.bytes().all(may)
    };
    names.into_iter().find(plain).map(str::to_owned)
}

fn refused(why: String) -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, why)
}

/// The names on a way, without those that lead nowhere.
fn parts(path: &Path) -> impl Iterator<Item = OsString> {
    path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_owned()),
        Component::ParentDir => Some("..".into()),
        Component::RootDir | Component::CurDir | Component::Prefix(_) => None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::disallowed_methods,
        reason = "a test's files are no account's data"
    )]

    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt, chown, symlink};

    use super::*;
    use crate::{check_settings_directory, open_settings, read_secret, read_settings};

    /// A user who runs nothing here.
    const STRANGER: u32 = 61_234;

    fn mode(file: &Path, mode: u32) {
        fs::set_permissions(file, Permissions::from_mode(mode)).unwrap();
    }

    /// A directory of one's own, with a file of one's own some directories below.
    fn place() -> (tempfile::TempDir, PathBuf) {
        let place = tempfile::tempdir().unwrap();
        let below = place.path().join("agent/keys");
        fs::create_dir_all(&below).unwrap();
        let file = below.join("roster.toml");
        fs::write(&file, "people").unwrap();
        mode(&file, 0o600);
        for directory in [&below, &place.path().join("agent")] {
            mode(directory, 0o755);
        }
        (place, file)
    }

    /// Refused, and these words are in it.
    fn refuses(result: Result<(), FileError>, says: &[&str]) {
        let error = result.expect_err(says[0]);
        assert_eq!(error.kind(), io::ErrorKind::PermissionDenied, "{error}");
        for say in says {
            assert!(error.to_string().contains(say), "{say}: {error}");
        }
    }

    /// All doors say the same of a file.
    fn all(file: &Path) -> Vec<Result<(), FileError>> {
        vec![
            read_settings(file).map(drop),
            read_secret(file).map(drop),
            open_settings(file).map(drop),
        ]
    }

    #[test]
    fn a_directory_above_that_others_can_write_is_refused_with_the_way_out() {
        let (place, file) = place();
        for directory in [place.path().join("agent"), place.path().join("agent/keys")] {
            for open in [0o777, 0o775, 0o757, 0o2775] {
                mode(&directory, open);
                let shown = directory.display().to_string();
                for result in all(&file) {
                    let way_out = format!("chmod go-w {shown}");
                    refuses(result, &[&file.display().to_string(), &shown, &way_out]);
                }
                // A directory that holds settings is asked the same of what lies above it.
                let keys = file.parent().unwrap();
                assert!(check_settings_directory(keys).is_err());
            }
            // As /tmp is: what is one's own there nobody else removes or renames.
            for good in [0o1777, 0o755, 0o700, 0o2755] {
                mode(&directory, good);
                for result in all(&file) {
                    result.unwrap();
                }
            }
            mode(&directory, 0o755);
        }
    }

    #[test]
    fn a_link_is_followed_and_each_directory_on_its_way_is_looked_at() {
        let (place, file) = place();
        let open = place.path().join("open");
        fs::create_dir(&open).unwrap();
        // In a directory that others can write, whatever it leads to: they can have it lead elsewhere.
        let link = open.join("roster.toml");
        symlink("../agent/keys/roster.toml", &link).unwrap();
        read_settings(&link).unwrap();
        mode(&open, 0o777);
        refuses(read_settings(&link).map(drop), &["chmod go-w"]);
        mode(&open, 0o755);
        // To a directory that others can write; by way of a directory, and back again.
        mode(file.parent().unwrap(), 0o777);
        refuses(read_settings(&link).map(drop), &["agent/keys above it"]);
        mode(file.parent().unwrap(), 0o755);
        symlink(place.path().join("agent"), open.join("way")).unwrap();
        let around = open.join("way/../open/way/keys/./roster.toml");
        assert_eq!(read_settings(&around).unwrap(), "people");
        symlink("round", open.join("round")).unwrap();
        assert!(read_settings(&open.join("round")).is_err());
        let none = read_settings(&open.join("none")).unwrap_err();
        assert_eq!(none.kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn a_user_has_the_name_that_the_system_gives_and_none_that_is_no_word() {
        let users =
            "root:x:0:0::/root:/bin/sh\nbroken\n-c id:x:7:7::/:\nlagrum-agent:x:996:996::/:\n";
        assert_eq!(named_in(users, 996).as_deref(), Some("lagrum-agent"));
        assert_eq!(named_in(users, 7), None);
        assert_eq!(named_in(users, 61_234), None);
        assert_eq!(name_of(0).as_deref(), Some("root"));
        let said = theirs(Path::new("/etc/lagrum/agent"), 0);
        assert!(said.contains("runuser -u root -- lagrum …"), "{said}");
    }

    #[test]
    fn what_belongs_to_somebody_else_is_refused_with_the_way_out() {
        let (place, file) = place();
        let agent = place.path().join("agent");
        let link = agent.join("link");
        symlink("keys/roster.toml", &link).unwrap();
        let me = rustix::process::geteuid().as_raw();
        if me != 0 {
            // Nobody but root can give a file away; so somebody else looks at one's own.
            let stranger = Trusted::of(me + 1);
            let about = fs::metadata(&file).unwrap();
            let fault = stranger.owner_fault(&about, &file).unwrap().to_string();
            assert!(
                fault.contains(&format!("belongs to the user {me}")),
                "{fault}"
            );
            refuses(stranger.check_way(&file), &["chown -h"]);
            assert!(Trusted::of(me).check_way(&file).is_ok());
            return;
        }
        for (what, how) in [
            (&file, &file),
            (&agent, &file),
            (&agent.join("keys"), &file),
            (&link, &link),
        ] {
            std::os::unix::fs::lchown(what, Some(STRANGER), None).unwrap();
            for result in all(how) {
                let way_out = "run the command as that user";
                refuses(result, &[&how.display().to_string(), "61234", way_out]);
            }
            // Their own they may use, and what is root's.
            assert!(Trusted::of(STRANGER).check_way(how).is_ok());
            std::os::unix::fs::lchown(what, Some(me), None).unwrap();
        }
        let keys = agent.join("keys");
        chown(&keys, Some(STRANGER), None).unwrap();
        let whose = &["61234", "run the command as that user"];
        refuses(check_settings_directory(&keys), whose);
        // What would give it to root is not said.
        std::os::unix::fs::lchown(&file, Some(STRANGER), None).unwrap();
        let about = fs::metadata(&file).unwrap();
        let fault = Trusted::here().owner_fault(&about, &file).unwrap();
        let fault = fault.to_string();
        assert!(fault.contains(whose[1]), "{fault}");
        assert!(!fault.contains("chown"), "{fault}");
    }
}

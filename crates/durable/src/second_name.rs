use std::fs::{self, File, Metadata, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use rustix::fs::{fgetxattr, getxattr};
use rustix::io::Errno;

use crate::write::{mode_as_its_directory, parent};
use crate::{FileError, open_plain, partial, remove, sync_directory};

/// What may say otherwise than mode and owner who reads a new file in a directory: rights that it hands on (acl(5), NFS 4),
/// and labels (SELinux).
const OTHER_RULES: [&str; 3] = [
    "system.posix_acl_default",
    "system.nfs4_acl",
    "security.selinux",
];

/// What may say so of a file.
const OTHER_RULE: &str = "system.posix_acl_access";

/// A directory whose group its files get.
const GROUP_OF_DIRECTORY: u32 = 0o2000;

/// Gives a file of one's own, which is whole and durable, a second name, durably, in place of a file that had it before.
/// Whoever can read the directory of that name can read it under both, as if it had been written there
/// ([`replace_as_its_directory`](crate::replace_as_its_directory)). Nobody may change it as long as it has two.
///
/// `false`: it cannot have one there, and a copy can be made. The directory may lie on another file system, or say
/// otherwise who reads what is made in it.
///
/// # Errors
/// When the directory cannot be looked at or written.
pub fn second_name(file: &Path, second: &Path) -> Result<bool, FileError> {
    let directory = parent(second);
    let about = fs::metadata(directory).map_err(FileError::of("look at", directory))?;
    // What is not there, or is no file, whoever copies it will say.
    let Ok(opened) = open_plain(file) else {
        return Ok(false);
    };
    let mode = mode_as_its_directory(second)?;
    if !is_like_a_new_one(&opened, mode, &about) || !says_all(directory) {
        return Ok(false);
    }
    // Not by its second name: others may write that directory, and have put something else there.
    let shown = Permissions::from_mode(mode);
    if opened.set_permissions(shown).is_err() || opened.sync_all().is_err() {
        return Ok(false);
    }
    let new = partial(second);
    remove(&new)?;
    if fs::hard_link(file, &new).is_err() {
        return Ok(false);
    }
    let named = || -> Result<(), FileError> {
        fs::rename(&new, second).map_err(FileError::of("put in place", second))?;
        // Where it had this name already, nothing was renamed.
        remove(&new)?;
        sync_directory(directory)
    };
    if let Err(error) = named() {
        // If it stays, the next attempt takes it away.
        let _ = remove(&new);
        return Err(error);
    }
    Ok(true)
}

/// Whether `file` has the owner and the group that a new one would have in a directory like this, and may be read by all who
/// are to read it: nobody is let in here whom whoever made it kept out.
fn is_like_a_new_one(file: &File, mode: u32, directory: &Metadata) -> bool {
    // Where a file system gives each file the group of its directory, no mode says so.
    let group = directory.gid();
    let certain =
        directory.mode() & GROUP_OF_DIRECTORY != 0 || group == rustix::process::getegid().as_raw();
    let me = rustix::process::geteuid().as_raw();
    let like =
        |about: Metadata| about.uid() == me && about.gid() == group && about.mode() & mode == mode;
    let own_rule = fgetxattr(file, OTHER_RULE, &mut [0; 0]);
    certain && is_none(own_rule) && file.metadata().is_ok_and(like)
}

/// Whether nothing but mode and owner says who reads a new file in a directory.
fn says_all(directory: &Path) -> bool {
    let rule = |rule: &&str| is_none(getxattr(directory, *rule, &mut [0; 0]));
    OTHER_RULES.iter().all(rule)
}

fn is_none(rule: Result<usize, Errno>) -> bool {
    matches!(rule, Err(Errno::NODATA | Errno::OPNOTSUPP))
}

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]
mod tests {
    use std::io;
    use std::os::unix::fs::chown;
    use std::path::PathBuf;

    use rustix::fs::{XattrFlags, setxattr};
    use tempfile::TempDir;

    use super::*;

    /// A sealed file, and the name that it is to have beside it in a directory of this mode.
    fn place(mode: u32) -> (TempDir, PathBuf, PathBuf) {
        let place = tempfile::tempdir().unwrap();
        let (sealed, out) = (place.path().join("sealed"), place.path().join("out"));
        fs::create_dir(&out).unwrap();
        fs::set_permissions(&out, Permissions::from_mode(mode)).unwrap();
        fs::write(&sealed, b"ciphertext").unwrap();
        fs::set_permissions(&sealed, Permissions::from_mode(0o644)).unwrap();
        let second = out.join("package");
        (place, sealed, second)
    }

    fn names_in(directory: &Path) -> Vec<String> {
        let name = |entry: io::Result<fs::DirEntry>| entry.unwrap().file_name();
        let names = fs::read_dir(directory).unwrap().map(name);
        names.map(|name| name.into_string().unwrap()).collect()
    }

    /// Whether this machine labels its files: there nothing gets a second name.
    fn labelled(file: &Path) -> bool {
        let labelled = getxattr(file, OTHER_RULES[2], &mut [0; 0]).is_ok();
        if labelled {
            println!("SKIPPED: SELinux labels files here, so that none gets a second name");
        }
        labelled
    }

    #[test]
    fn a_second_name_is_of_the_same_file_and_read_by_those_who_read_the_directory() {
        for (directory, mode) in [(0o700, 0o600), (0o750, 0o640), (0o755, 0o644)] {
            let (_place, sealed, second) = place(directory);
            if labelled(&sealed) {
                return;
            }
            fs::write(partial(&second), b"left by a crash").unwrap();
            fs::write(&second, b"older").unwrap();
            // The second time it has the name already.
            for _ in 0..2 {
                assert!(second_name(&sealed, &second).unwrap());
                let (one, other) = (sealed.metadata().unwrap(), second.metadata().unwrap());
                assert_eq!((one.dev(), one.ino()), (other.dev(), other.ino()));
                assert_eq!(other.mode() & 0o777, mode, "{directory:o}");
                assert_eq!(names_in(parent(&second)), ["package"]);
            }
            fs::remove_file(&sealed).unwrap();
            assert_eq!(fs::read(&second).unwrap(), b"ciphertext");
        }
    }

    #[test]
    fn where_a_new_file_would_be_read_by_others_it_gets_no_second_name() {
        let (place_of, sealed, second) = place(0o750);
        let out = parent(&second);
        // Rights that the directory hands on: of its owner, of its group, of a user of its own, and of nobody else.
        let entry = |tag: u16, may: u16, who: u32| {
            [
                &tag.to_le_bytes()[..],
                &may.to_le_bytes(),
                &who.to_le_bytes(),
            ]
            .concat()
        };
        let nobody = u32::MAX;
        let rights = [
            2_u32.to_le_bytes().to_vec(),
            entry(1, 7, nobody),
            entry(2, 4, 61_234),
            entry(4, 5, nobody),
            entry(0x10, 5, nobody),
            entry(0x20, 0, nobody),
        ];
        match setxattr(out, OTHER_RULES[0], &rights.concat(), XattrFlags::empty()) {
            Ok(()) => assert!(!second_name(&sealed, &second).unwrap()),
            Err(error) => assert_eq!(error, Errno::OPNOTSUPP, "a file system without them"),
        }
        // A link leads to what may be anybody's.
        let (link, second) = (place_of.path().join("link"), place_of.path().join("second"));
        std::os::unix::fs::symlink(&sealed, &link).unwrap();
        assert!(!second_name(&link, &second).unwrap());
        // What is not there the copy will say.
        assert!(!second_name(&place_of.path().join("none"), &second).unwrap());
        assert!(!second.exists());
        // Which whoever made it kept others out of.
        let (_place, sealed, second) = place(0o755);
        fs::set_permissions(&sealed, Permissions::from_mode(0o600)).unwrap();
        assert!(!second_name(&sealed, &second).unwrap());
        assert_eq!(sealed.metadata().unwrap().mode() & 0o777, 0o600);
        // Of another owner, and where files get the group of their directory, of another group.
        if rustix::process::geteuid().is_root() && !labelled(&sealed) {
            let (_place, sealed, second) = place(0o2750);
            chown(parent(&second), None, Some(61_234)).unwrap();
            fs::set_permissions(parent(&second), Permissions::from_mode(0o2750)).unwrap();
            assert!(!second_name(&sealed, &second).unwrap());
            chown(&sealed, None, Some(61_234)).unwrap();
            assert!(second_name(&sealed, &second).unwrap());
            chown(&sealed, Some(61_234), None).unwrap();
            assert!(!second_name(&sealed, &second).unwrap());
        }
    }

    #[test]
    fn on_another_file_system_it_gets_no_second_name() {
        let (_place, sealed, _) = place(0o700);
        if labelled(&sealed) {
            return;
        }
        let Ok(elsewhere) = tempfile::tempdir_in("/dev/shm") else {
            return;
        };
        let second = elsewhere.path().join("package");
        let same =
            fs::metadata(elsewhere.path()).unwrap().dev() == sealed.metadata().unwrap().dev();
        assert_eq!(second_name(&sealed, &second).unwrap(), same);
        assert_eq!(second.exists(), same);
        assert!(!partial(&second).exists());
    }
}

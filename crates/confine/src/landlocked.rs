//! What Landlock takes away.

use std::collections::BTreeSet;
use std::path::Path;

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible as _, NetPort,
    PathBeneath, PathFd, Ruleset, RulesetAttr as _, RulesetCreatedAttr as _, RulesetError,
    RulesetStatus, Scope,
};

use crate::{Files, Part, Tcp};

/// Whether the process has no thread but the calling one: what Landlock takes away, it takes from the calling thread and
/// those that it starts.
pub(crate) fn is_alone() -> bool {
    std::fs::read_dir("/proc/self/task").is_ok_and(|threads| threads.count() == 1)
}

/// Takes files, TCP and others away from the calling thread. Gives what the kernel does not take away.
pub(crate) fn restrict(files: &Files, tcp: &Tcp) -> BTreeSet<Part> {
    let mut taken = Taken::default();
    taken.files(files);
    if let Tcp::To(_) = tcp {
        let all = AccessNet::from_all(ABI::V4);
        match has(|rules| rules.handle_access(all)) {
            true => taken.tcp = all,
            false => taken.lacks(Part::Tcp),
        }
    }
    let others = Scope::from_all(ABI::V6);
    match has(|rules| rules.scope(others)) {
        true => taken.others = others,
        false => taken.lacks(Part::Others),
    }
    if taken.files.is_empty() && taken.tcp.is_empty() && taken.others.is_empty() {
        return taken.missing;
    }
    match taken.hold(files, tcp) {
        Ok(RulesetStatus::FullyEnforced) => taken.missing,
        _ => {
            let mut all = BTreeSet::from(Part::ALL);
            all.remove(&Part::Calls);
            all
        }
    }
}

/// Whether the kernel has all of something.
fn has(what: impl FnOnce(Ruleset) -> Result<Ruleset, RulesetError>) -> bool {
    let all = Ruleset::default().set_compatibility(CompatLevel::HardRequirement);
    what(all).and_then(Ruleset::create).is_ok()
}

/// What is taken away, as far as the kernel has it.
#[derive(Default)]
struct Taken {
    files: BitFlags<AccessFs>,
    tcp: BitFlags<AccessNet>,
    others: BitFlags<Scope>,
    missing: BTreeSet<Part>,
}

impl Taken {
    fn lacks(&mut self, part: Part) {
        self.missing.insert(part);
    }

    fn files(&mut self, files: &Files) {
        let (least, moved) = match files {
            Files::All => return,
            Files::Open => (AccessFs::from_all(ABI::V1), false),
            Files::Written { beneath, run } => {
                let mut least = AccessFs::from_write(ABI::V1);
                if !run {
                    least |= AccessFs::Execute;
                }
                (least, beneath.iter().any(|path| path.is_dir()))
            }
        };
        let has = |access: BitFlags<AccessFs>| has(|rules| rules.handle_access(access));
        let refer: BitFlags<AccessFs> = AccessFs::Refer.into();
        // Where the kernel cannot permit that a file is moved from one directory to another, it forbids it.
        if !has(if moved { least | refer } else { least }) {
            for part in [Part::Files, Part::Emptying, Part::Devices] {
                self.lacks(part);
            }
            return;
        }
        self.files = least;
        if has(refer) {
            self.files |= refer;
        }
        for (part, access) in [
            (Part::Emptying, AccessFs::Truncate),
            (Part::Devices, AccessFs::IoctlDev),
        ] {
            match has(access.into()) {
                true => self.files |= access,
                false => self.lacks(part),
            }
        }
    }

    /// What is left beneath one's own directories: everything but devices, and files that are none.
    fn left(&self) -> BitFlags<AccessFs> {
        let own = AccessFs::WriteFile
            | AccessFs::Truncate
            | AccessFs::MakeReg
            | AccessFs::MakeDir
            | AccessFs::RemoveFile
            | AccessFs::RemoveDir
            | AccessFs::Refer;
        self.files & own
    }

    fn hold(&self, files: &Files, tcp: &Tcp) -> Result<RulesetStatus, RulesetError> {
        let mut rules = Ruleset::default().set_compatibility(CompatLevel::HardRequirement);
        if !self.files.is_empty() {
            rules = rules.handle_access(self.files)?;
        }
        if !self.tcp.is_empty() {
            rules = rules.handle_access(self.tcp)?;
        }
        if !self.others.is_empty() {
            rules = rules.scope(self.others)?;
        }
        let mut rules = rules.create()?;
        if let (Files::Written { beneath, .. }, false) = (files, self.files.is_empty()) {
            for path in beneath {
                rules = match PathFd::new(path) {
                    Ok(there) => rules.add_rule(PathBeneath::new(there, self.left_at(path)))?,
                    // Nothing is permitted of what is not there.
                    Err(_) => rules,
                };
            }
        }
        if let (Tcp::To(ports), false) = (tcp, self.tcp.is_empty()) {
            for port in ports {
                rules = rules.add_rule(NetPort::new(*port, AccessNet::ConnectTcp))?;
            }
        }
        Ok(rules.restrict_self()?.ruleset)
    }

    /// What is left at a directory, or at a file.
    fn left_at(&self, path: &Path) -> BitFlags<AccessFs> {
        match path.is_dir() {
            true => self.left(),
            false => self.left() & AccessFs::from_file(ABI::V6),
        }
    }
}

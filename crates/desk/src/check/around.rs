//! The machine: files that others could change, room, backups.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use jiff::Timestamp;
use lagrum_model::{Matter, Standing};

use super::Found;
use crate::CommandError;

const MEBIBYTE: u64 = 1 << 20;

/// A mailbox is read each minute; one that was not for so long is not read any more.
const MAILBOX_HOURS: u32 = 1;

impl Found<'_> {
    /// The mailboxes to which authorities write.
    pub(super) fn mailboxes(&mut self) -> Result<(), CommandError> {
        for one in self.desk.mailboxes(self.now)? {
            let (standing, matter) = match (one.failing, one.read_at) {
                (Some((since, why)), _) => {
                    let address = one.address.clone();
                    (
                        Standing::NotInOrder,
                        Matter::MailboxFailing {
                            address,
                            since,
                            why,
                        },
                    )
                }
                (None, Some(at)) if !self.is_older(at, MAILBOX_HOURS) => {
                    let address = one.address.clone();
                    (Standing::InOrder, Matter::MailboxRead { address, at })
                }
                (None, at) => {
                    let address = one.address.clone();
                    (Standing::NotInOrder, Matter::MailboxNotRead { address, at })
                }
            };
            self.line(standing, matter);
            if !one.not_taken.is_empty() {
                let count = one.not_taken.len() as u64;
                let address = one.address;
                self.line(
                    Standing::NotInOrder,
                    Matter::MailNotTaken { address, count },
                );
            }
        }
        Ok(())
    }

    pub(super) fn machine(&mut self) {
        self.files();
        self.disk();
        self.packages();
        self.backup();
    }

    /// Each file of settings and each key, read as the desk reads it; and where mandates lie.
    fn files(&mut self) {
        let config = &self.desk.inner.config;
        let settings = [
            &config.people,
            &config.roster,
            &config.directory,
            &config.authorities,
        ];
        let settings = settings
            .into_iter()
            .chain(&config.former)
            .chain(&config.log_policy);
        let mut faults = Vec::new();
        let mut count = 0;
        let mut held = |file: &Path, read: Result<(), String>| match read {
            Ok(()) => count += 1,
            Err(why) => faults.push(Matter::FileFault {
                file: file.display().to_string(),
                why,
            }),
        };
        for file in settings {
            let read = lagrum_durable::read_settings(file);
            held(file, read.map(drop).map_err(|e| e.source.to_string()));
        }
        for file in [&config.master_key, &config.log_key] {
            let read = lagrum_durable::read_secret(file);
            held(file, read.map(drop).map_err(|e| e.source.to_string()));
        }
        // What they say has to be right as well.
        let mut right = |said: Result<(), String>, file: &Path| {
            if let Err(why) = said {
                held(file, Err(why));
            }
        };
        let desk = self.desk;
        right(
            desk.people().map(drop).map_err(|e| e.to_string()),
            &config.people,
        );
        right(
            desk.roster().map(drop).map_err(|e| e.to_string()),
            &config.roster,
        );
        right(
            desk.authorities().map(drop).map_err(|e| e.to_string()),
            &config.authorities,
        );
        if let Err(error) = desk.law() {
            let why = error.to_string();
            self.line(Standing::NotInOrder, Matter::LawFault { why });
        }
        let inboxes = config
            .agents
            .iter()
            .map(|contact| contact.exchange.join("in"));
        for open in inboxes.filter(|inbox| is_open_to_everybody(inbox)) {
            let directory = open.display().to_string();
            faults.push(Matter::MandatesOpen { directory });
        }
        let none = faults.is_empty();
        for fault in faults {
            self.line(Standing::NotInOrder, fault);
        }
        if none {
            self.line(Standing::InOrder, Matter::FilesGuarded { count });
        }
    }

    fn disk(&mut self) {
        let config = &self.desk.inner.config;
        // They may lie on several disks; the fullest stops the desk. What is not there yet counts nothing.
        let places = [
            &config.master_key,
            &config.log,
            &config.packages,
            &config.deliveries,
        ];
        let told = places
            .into_iter()
            .map(|place| lagrum_durable::free_space(place));
        let free = told.filter_map(Result::ok).min();
        let free = match free {
            Some(free) => free / MEBIBYTE,
            None => {
                self.line(Standing::NotKnown, Matter::DiskNotKnown);
                return;
            }
        };
        match free < self.settings.disk_mebibytes {
            true => self.line(Standing::NotInOrder, Matter::DiskLow { free }),
            false => self.line(Standing::InOrder, Matter::DiskFree { free }),
        }
    }

    /// The bucket for sealed packages, where there is one.
    fn packages(&mut self) {
        let Some(looked) = self.desk.packages().look() else {
            return;
        };
        let place = looked.place;
        if looked.faults.is_empty() {
            let place = place.clone();
            self.line(Standing::InOrder, Matter::PackagesKept { place });
        }
        for why in looked.faults {
            let place = place.clone();
            self.line(Standing::NotInOrder, Matter::PackagesFault { place, why });
        }
        for why in looked.not_known {
            let place = place.clone();
            self.line(Standing::NotKnown, Matter::PackagesNotKnown { place, why });
        }
    }

    fn backup(&mut self) {
        let made = self.settings.backup.as_deref();
        let made = made.and_then(|file| std::fs::metadata(file).ok()?.modified().ok());
        let Some(at) = made.and_then(|made| Timestamp::try_from(made).ok()) else {
            self.line(Standing::NotKnown, Matter::BackupNotKnown);
            return;
        };
        match self.is_older(at, self.settings.backup_hours) {
            true => self.line(Standing::NotInOrder, Matter::BackupOld { at }),
            false => self.line(Standing::InOrder, Matter::BackupMade { at }),
        }
    }
}

/// Whether every user of the machine can read what lies in a directory. Where one above is closed, nobody gets there.
fn is_open_to_everybody(directory: &Path) -> bool {
    let Ok(directory) = directory.canonicalize() else {
        // It is not there yet, or not reached from here: whoever looks after the agents is told that.
        return false;
    };
    let others = |path: &Path| {
        path.metadata()
            .map_or(0, |about| about.permissions().mode() & 0o007)
    };
    others(&directory) & 0o005 != 0
        && directory
            .ancestors()
            .skip(1)
            .all(|above| others(above) & 0o001 != 0)
}

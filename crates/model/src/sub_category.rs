use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Category;

macro_rules! sub_categories {
    ($($(#[$doc:meta])+ $name:ident = $word:literal of $category:ident $(within $wider:ident)?),+ $(,)?) => {
        /// A box below the four categories, as section F of Annex I to Regulation (EU) 2023/1543
        /// lists them, and some narrower ones that other laws tell apart. The wording of the boxes was not
        /// compared with the Official Journal yet.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
        )]
        pub enum SubCategory {
            $($(#[$doc])+ #[serde(rename = $word)] $name,)+
        }

        impl SubCategory {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word in demand files.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// The category to which it belongs.
            #[must_use]
            pub fn category(self) -> Category {
                match self { $(Self::$name => Category::$category),+ }
            }

            /// The wider one in which it lies, if it is not a box of the form itself.
            #[must_use]
            pub fn within(self) -> Option<Self> {
                let wider = match self { $(Self::$name => [$(Self::$wider)?].first().copied()),+ };
                wider
            }
        }
    };
}

sub_categories! {
    /// Name, date of birth, address, contact and other identity data.
    Identity = "identity" of Subscriber,
    /// The name alone (18 U.S.C. §§ 2703(c)(2)(A), 2709(b)).
    Name = "name" of Subscriber within Identity,
    /// The postal address alone (18 U.S.C. §§ 2703(c)(2)(B), 2709(b)).
    PostalAddress = "postal-address" of Subscriber within Identity,
    /// Date, time and kind of registration, the contract, how identity was verified.
    Registration = "registration" of Subscriber,
    /// The internet address from which the account was registered.
    RegistrationAddress = "registration-address" of Subscriber,
    /// Kind and duration of the service, identifiers used or given for it, devices.
    Service = "service" of Subscriber,
    /// Names, numbers and devices under which the service is used, and nothing else about it
    /// (18 U.S.C. § 2703(c)(2)(E); the Irish Act's `user data`).
    ServiceIdentifiers = "service-identifiers" of Subscriber within Service,
    /// Since when the account is there, and how long it was (18 U.S.C. §§ 2703(c)(2)(D), 2709(b)).
    LengthOfService = "length-of-service" of Subscriber within Service,
    /// Profile information.
    Profile = "profile" of Subscriber,
    /// Data on the validation of use, for example an alternative mail address.
    Validation = "validation" of Subscriber,
    /// Cards and other means of payment, billing.
    Payment = "payment" of Subscriber,
    /// PUK codes.
    UnlockCodes = "unlock-codes" of Subscriber,
    /// Connection records asked for only to identify the user.
    ConnectionRecords = "connection-records" of Identification,
    /// Identifiers of the two ends of a call or message.
    Endpoints = "endpoints" of Traffic,
    /// Time and duration.
    Duration = "duration" of Traffic,
    /// Where the device was: base stations and their places.
    Location = "location" of Traffic,
    /// Routing: addresses, ports, mail headers, message ids.
    Routing = "routing" of Traffic,
    /// Volume of data.
    Volume = "volume" of Traffic,
    /// Log files of a hosting service.
    HostingLogs = "hosting-logs" of Traffic,
    /// History of purchases and of charging prepaid credit.
    PurchaseHistory = "purchase-history" of Traffic,
    /// A mailbox.
    Mailbox = "mailbox" of Content,
    /// Stored files.
    Storage = "storage" of Content,
    /// Pages.
    Pages = "pages" of Content,
    /// Messages.
    Messages = "messages" of Content,
    /// Voicemail.
    Voicemail = "voicemail" of Content,
    /// What a server holds.
    Server = "server" of Content,
    /// The backup of a device.
    DeviceBackup = "device-backup" of Content,
    /// A list of contacts.
    Contacts = "contacts" of Content,
}

impl SubCategory {
    /// Whether what lies in `other` lies in this one.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self == other || other.within() == Some(self)
    }

    /// Those of `ticked` that lie in `category`.
    pub fn of(ticked: &[Self], category: Category) -> impl Iterator<Item = Self> {
        let ticked = ticked.iter().copied();
        ticked.filter(move |one| one.category() == category)
    }

    /// What is asked for of `category` by whoever ticks these boxes: each that they cover. None ticked is
    /// all of the category.
    #[must_use]
    pub fn asked(ticked: &[Self], category: Category) -> Vec<Self> {
        let ticked: Vec<_> = Self::of(ticked, category).collect();
        let covered = |one: &Self| ticked.is_empty() || ticked.iter().any(|wide| wide.covers(*one));
        Self::of(Self::ALL, category).filter(covered).collect()
    }

    /// The boxes to tick for exactly these, so that what covers more than them is left out.
    #[must_use]
    pub fn to_tick(these: &[Self]) -> Vec<Self> {
        let whole = |one: Self| {
            let mut all = Self::ALL.iter().filter(|narrow| one.covers(**narrow));
            all.all(|narrow| these.contains(narrow))
        };
        let needed = |one: &&Self| whole(**one) && !one.within().is_some_and(whole);
        Self::ALL.iter().filter(needed).copied().collect()
    }
}

impl fmt::Display for SubCategory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::SubCategory::{
        Identity, LengthOfService, Location, Name, PostalAddress, Profile, Service,
    };
    use super::*;

    #[test]
    fn who_ticks_nothing_asks_for_all_of_the_category_and_nothing_of_another() {
        for category in Category::ALL {
            let all: Vec<_> = SubCategory::ALL
                .iter()
                .copied()
                .filter(|one| one.category() == category)
                .collect();
            assert_eq!(SubCategory::asked(&[], category), all);
            if category != Category::Traffic {
                assert_eq!(SubCategory::asked(&[Location], category), all);
            }
        }
        assert_eq!(
            SubCategory::asked(&[Location, Name], Category::Traffic),
            [Location]
        );
    }

    #[test]
    fn a_wide_box_covers_its_narrow_ones_and_a_narrow_one_never_the_wide_one() {
        assert_eq!(
            SubCategory::asked(&[Identity], Category::Subscriber),
            [Identity, Name, PostalAddress]
        );
        assert_eq!(
            SubCategory::asked(&[Name], Category::Subscriber),
            [Name],
            "a name is not all of the identity"
        );
        assert!(Service.covers(LengthOfService) && !LengthOfService.covers(Service));
    }

    #[test]
    fn what_is_ticked_for_some_asks_for_no_other() {
        for (these, ticked) in [
            (vec![Name, PostalAddress], vec![Name, PostalAddress]),
            (vec![Identity, Name, PostalAddress], vec![Identity]),
            // The wide one without all of its narrow ones cannot be ticked: it would ask for them.
            (vec![Identity, Name, Profile], vec![Name, Profile]),
            (vec![], vec![]),
        ] {
            assert_eq!(SubCategory::to_tick(&these), ticked, "{these:?}");
        }
        for category in Category::ALL {
            let all = SubCategory::asked(&[], category);
            let again = SubCategory::asked(&SubCategory::to_tick(&all), category);
            assert_eq!(again, all);
        }
    }

    #[test]
    fn a_narrow_box_lies_in_a_box_of_the_same_category_that_lies_in_none() {
        for one in SubCategory::ALL {
            if let Some(wide) = one.within() {
                assert_eq!(wide.category(), one.category(), "{one}");
                assert_eq!(wide.within(), None, "{one}");
            }
        }
    }
}

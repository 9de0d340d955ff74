use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Category;

macro_rules! sub_categories {
    ($($(#[$doc:meta])+ $name:ident = $word:literal of $category:ident),+ $(,)?) => {
        /// A box below the four categories, as section F of Annex I to Regulation (EU) 2023/1543
        /// lists them. The wording of the boxes was not compared with the Official Journal yet.
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
        }
    };
}

sub_categories! {
    /// Name, date of birth, address, contact and other identity data.
    Identity = "identity" of Subscriber,
    /// Date, time and kind of registration, the contract, how identity was verified.
    Registration = "registration" of Subscriber,
    /// The internet address from which the account was registered.
    RegistrationAddress = "registration-address" of Subscriber,
    /// Kind and duration of the service, identifiers used or given for it, devices.
    Service = "service" of Subscriber,
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

impl fmt::Display for SubCategory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

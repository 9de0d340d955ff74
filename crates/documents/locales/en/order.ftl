# Is everything in order? In English.

order-title = Is everything in order?
order-all-good = Everything that was looked at is in order
order-not-in-order-count = { $count ->
    [one] One thing is not in order
   *[other] { $count } things are not in order
}
order-soon-only = Nothing is out of order; { $count ->
    [one] one thing needs somebody soon
   *[other] { $count } things need somebody soon
}
order-checked = Checked { $at }
order-group-not-in-order = Not in order
order-group-soon = Soon
order-group-in-order = In order
order-group-not-known = Not known
order-not-known-lead = Not known is never counted as in order.
order-goes-agents = Agents
order-goes-accounts = Accounts and places
order-goes-case = Case
order-goes-people = People and keys
order-goes-authorities = Authorities
order-goes-law = Law packs
order-goes-settings = Settings

## The lines: what it is, and what it means for people

order-agent-at-work = The agent in { $region } is at work
order-agent-at-work-means = Heard { $at }; version { $version }.
order-agent-busy = The agent in { $region } has been carrying out a mandate since { $at }
order-agent-busy-means = { $step ->
    [searching] It is searching source { $number } of { $all }.
    [copy] It is searching what was preserved.
    [sealing] It is checking what it found, and sealing it.
    [reading] It is checking the mandate.
   *[other] How far it is, this version does not know.
}
order-agent-broke-off = The agent in { $region } was carrying out a mandate, and has told nothing since { $at }
order-agent-broke-off-means = It was stopped, its host is down, or the network is. Nothing of a mandate is handed over in part: it begins it anew when it runs again. Look at the service on its host.
order-agent-silent = The agent in { $region } has been silent since { $at }
order-agent-silent-means = { $count ->
    [untold] Nothing is carried out there. Look at the service on its host, then at the network.
    [one] { $count } mandate waited for it then; nothing is carried out there. Look at the service on its host, then at the network.
   *[other] { $count } mandates waited for it then; nothing is carried out there. Look at the service on its host, then at the network.
}
order-agent-never-seen = The agent in { $region }
order-agent-never-seen-means = It has told nothing yet: it never ran, or it is an older version.
order-agent-unreachable = What the agent in { $region } tells cannot be fetched
order-agent-unreachable-means = No mandate reaches it and no answer comes back: { $why }
order-agent-clock = The clock of the agent in { $region } is ahead: it says { $at }
order-agent-clock-means = Mandates run out too early there, and whether it is silent cannot be told. Set its clock.
order-agent-refused = The agent in { $region } refused { $count ->
    [one] { $count } mandate
   *[other] { $count } mandates
} in its last run
order-agent-refused-means = Kinds of reasons: { $codes }. The cases say what to do; the details lie at the agent.
order-waits-for-counsel = Withheld in { $region }: { $count ->
    [one] { $count } item waits
   *[other] { $count } items wait
} for counsel
order-waits-for-counsel-means = Nobody has decided yet whether they lie in the order. They are shown in the region alone.
order-same-law = The agent in { $region } applies the same law packs
order-same-law-means = { $law }, as here.
order-other-law = The agent in { $region } applies other law packs than the desk
order-other-law-means = { $there } there, { $here } here. What people sign here may be refused there, or judged by older law. Bring both to one version.
order-cards-missing = The cards that the agent in { $region } was promised
order-cards-missing-means = { $count ->
    [one] One card
   *[other] { $count } cards
} did not come into the public log, though a mandate said so: what opens a card was changed, or the desk is not what it seems. Until it is cleared up, the agent waits for each card before it carries out a mandate.
order-law-not-known = Law packs of the agent in { $region }
order-law-not-known-means = It is silent; which it applies now cannot be told.
order-same-roster = The agent in { $region } believes the same signers
order-same-roster-means = Its roster is the desk’s.
order-other-roster = The agent in { $region } has another roster than the desk
order-other-roster-means = Somebody’s signature counts at one place and not at the other. Compare the two files by their key words.
order-other-version = The agent in { $region } runs another version than the desk
order-other-version-means = { $there } there, { $here } here. Both work on; what only the newer one knows is refused by the older. Bring both to one version.
order-own-machine-off = The agent in { $region } asks for no signature from a person’s own machine
order-own-machine-off-means = Whoever takes the desk over could show one thing and have another signed. It is switched off in its agent.toml.
order-accounts-agree = Each listed account of { $region } is known there
order-accounts-agree-means = { $count ->
    [one] { $count } account, compared one by one with the agent’s own list and its stores in files.
   *[other] { $count } accounts, compared one by one with the agent’s own list and its stores in files.
}
order-account-without-source = The account { $account } is listed for { $region }, and the agent there or one of its sources does not know it
order-account-without-source-means = What cannot be found there is refused until this is mended; it is never answered “no such account”. Add its facts and its place at the agent, and see that the place is there; or take it out of directory.toml.
order-accounts-fault = The accounts of { $region } cannot be used there as they are written down
order-accounts-fault-means = Every mandate for { $region } is refused until this is mended: { $why }
order-accounts-not-compared = Whether the accounts of { $region } are known there
order-accounts-not-compared-means = The agent runs on another machine, and nobody compares them. An agent refuses a mandate for an account that it does not know.
order-accounts-of-table = Whether each account of the table is known where its data lies
order-accounts-of-table-means = A table is indexed, not compared row by row. An agent refuses what the two do not both know.
order-directory-fault = The list of accounts cannot be used
order-directory-fault-means = No demand can be assessed until this is mended: { $why }
order-mandate-runs-out = A mandate of case { $case } runs out { $at }
order-mandate-runs-out-means = The agent in { $region } has not carried it out. Find out why, or recall it.
order-mandate-ran-out = A mandate of case { $case } ran out { $at }
order-mandate-ran-out-means = The agent in { $region } never carried it out, and nobody can any more. Decide again, and it is drafted anew.
order-mandates-good = No mandate is about to run out
order-mandates-good-means = What was signed and released was carried out, or has time.
order-undescribed = { $count ->
    [one] { $count } demand was
   *[other] { $count } demands were
} described by nobody for eight hours
order-undescribed-means = The shortest clock there is may have run out already. Somebody has to read what came in.
order-no-own-machine = Nobody’s key lies on a machine of their own
order-no-own-machine-means = Whoever takes the desk over could show one thing and have another signed, twice. Make one of the two keys on a person’s own machine, and say so on the rosters.
order-signers = People can sign
order-signers-means = On the roster: analysts { $analysts }, counsel { $counsel }.
order-no-key = { $name } has no key on the roster
order-no-key-means = Their role signs mandates, and they cannot.
order-no-group = { $name } works for no group of the desk
order-no-group-means = No case is there for them. Name them in a group of people.toml.
order-one-key-of-counsel = { $name }’s key is the only one of counsel
order-one-key-of-counsel-means = If it is lost nobody can sign second, and nothing is produced. Register another.
order-one-counsel = { $name } is the only counsel who can sign
order-one-counsel-means = While they are away nothing is produced, and nobody else can agree.
order-no-auditor = Nobody is an auditor here
order-no-auditor-means = What is late, overridden or never confirmed is watched by those who do it. Name somebody who does not answer to them.
order-invitations-open = { $count ->
    [one] { $count } invitation still works
   *[other] { $count } invitations still work
}
order-invitations-open-means = Whoever opens one is believed to be that person. Each ends within a day.
order-no-invitations = No invitation is open
order-no-invitations-means = Nobody can sign in with a link.
order-sign-in-there = The sign-in provider answers: { $issuer }
order-sign-in-there-means = { $count ->
    [one] { $count } key of it is understood here.
   *[other] { $count } keys of it are understood here.
} Whose account is bound can sign in.
order-sign-in-silent = Nobody can sign in through { $issuer }
order-sign-in-silent-means = Passkeys work as always. Why: { $why }.
order-authority-overdue = The contact details of { $name } were last checked on { $day }
order-authority-overdue-means = Numbers change hands. Ask somebody to find and call it anew.
order-authority-not-dated = When the contact details of { $name } { $count ->
    [0] were checked
    [one] and { $count } other were checked
   *[other] and { $count } others were checked
}
order-authority-not-dated-means = Nobody wrote it down. Add “checked” in authorities.toml when somebody has called.
order-authorities-checked = Authorities’ contact details were checked in time
order-authorities-checked-means = { $count ->
    [one] { $count } authority.
   *[other] { $count } authorities.
}
order-no-authorities = Authorities
order-no-authorities-means = None is listed: no demand can be called back on a number that was found without it, so none is granted.
order-log-published = The public log has everything that was recorded
order-log-published-means = { $count ->
    [one] { $count } entry; the published checkpoint is the desk’s.
   *[other] { $count } entries; the published checkpoint is the desk’s.
}
order-log-behind = { $count ->
    [one] { $count } event waits
   *[other] { $count } events wait
} for the public log since { $at }
order-log-behind-means = Nothing that was signed since then goes to an agent before it is public.
order-log-waits = { $count ->
    [one] { $count } event gets
   *[other] { $count } events get
 } a place in the public log with the next batch, { $at }
order-log-waits-means = As many entries are written at every tick, whatever happened, so that the log does not tell how busy the desk is.
order-log-full = { $count } percent of the log’s batches of the last week stand for events
order-log-full-means = When more happens than fits, events and mandates wait, and batches are written before their tick. Announce larger ones.
order-log-ahead = { $count ->
    [one] { $count } batch of the log was
   *[other] { $count } batches of the log were
 } written before { $count ->
    [one] its
   *[other] their
 } tick
order-log-ahead-means = A mandate would have waited too long. Everybody can see that much happened then.
order-log-empty = Nothing is recorded yet
order-log-empty-means = The public log begins with the first demand.
order-log-fault = The public log is not what the desk published
order-log-fault-means = Agents carry nothing out until this is mended: { $why }
order-no-witnesses = Witnesses of the log
order-no-witnesses-means = None is known here. Anyone who is shown two different logs could not prove it.
order-witnessed = Enough witnesses saw the log
order-witnessed-means = The last of those that are needed, { $at }.
order-witnesses-old = The witnesses last saw the log { $at }
order-witnesses-old-means = Agents that ask for a younger word carry nothing out.
order-witnesses-missing = Too few witnesses saw the log
order-witnesses-missing-means = Agents with the same policy carry nothing out: { $why }
order-outbox-empty = Nothing waits to be sent to an agent
order-outbox-empty-means = Released mandates and recalls lie where their agents fetch them.
order-outbox-waits = { $count ->
    [one] { $count } thing waits
   *[other] { $count } things wait
} to be sent to an agent since { $at }
order-outbox-waits-means = A mandate, or a recall that should stop one, has not reached its agent.
order-disk-free = There is room on the disk
order-disk-free-means = { $count } MiB are free.
order-disk-low = The disk is nearly full: { $count } MiB are free
order-disk-low-means = When it is full nothing can be taken in, decided or published. What is there stays whole.
order-disk-not-known = Room on the disk
order-disk-not-known-means = The system does not tell.
order-mailbox-read = The mailbox { $address } is read
order-mailbox-read-means = Last read to its end { $at }.
order-mailbox-not-read = The mailbox { $address } is not read any more
order-mailbox-not-read-means = Demands may lie there unseen while their clocks run. Last read to its end: { $at }.
order-mailbox-failing = The mailbox { $address } cannot be read since { $at }
order-mailbox-failing-means = Demands may lie there unseen while their clocks run: { $why }.
order-mail-not-taken = { $count ->
    [one] One message in { $address } is too long to be taken in
   *[other] { $count } messages in { $address } are too long to be taken in
 }
order-mail-not-taken-means = It may be a demand whose clock runs. Look at it in the mailbox itself, and take its files in by hand.
order-outgoing-empty = Nothing waits to go out
order-outgoing-empty-means = Mail and messages to programs went out.
order-outgoing-waits = { $count ->
    [one] One thing waits to go out by { $way } since { $at }
   *[other] { $count } things wait to go out by { $way } since { $at }
}
order-outgoing-waits-means = It is tried again and again. What stopped it last: { $why }.
order-outgoing-given-up = { $count ->
    [one] One thing did not go out by { $way } and was given up { $at }
   *[other] { $count } things did not go out by { $way } and were given up, the last { $at }
}
order-outgoing-given-up-means = Somebody was not told. What stopped it: { $why }.
order-letter-not-sent = A letter of case { $case } is not sent
order-letter-not-sent-means = It was given up { $at }. Send it anew, or in another way.
order-emergency-unseen = An emergency came in and nobody has looked at it: case { $case }
order-emergency-unseen-means = It came { $at }. Somebody's life may depend on it.
order-nobody-on-call = Nobody is on call from { $at }
order-nobody-on-call-means = An emergency then goes to everybody who is told of emergencies.
order-on-call-unreachable = { $person } is on call and cannot be reached
order-on-call-unreachable-means = The person is not in the list of people, or has no mail address there.
order-certificate-good = The certificate of { $origin } is good
order-certificate-good-means = { $days ->
    [one] For { $days } more day: until { $at }.
   *[other] For { $days } more days: until { $at }.
}
order-certificate-runs-out = { $days ->
    [0] The certificate of { $origin } runs out within a day
    [one] The certificate of { $origin } runs out in { $days } day
   *[other] The certificate of { $origin } runs out in { $days } days
}
order-certificate-runs-out-means = { $at }. After that no browser opens the desk or the door. If it was renewed, the desk cannot use what lies there.
order-certificate-ran-out = The certificate of { $origin } ran out { $at }
order-certificate-ran-out-means = Browsers refuse to open the desk and the door. Put a good certificate with its key in its place: no restart is needed.
order-certificate-not-seen = The certificate of { $origin }
order-certificate-not-seen-means = The desk was last served there { $at }.
order-packages-kept = The bucket for sealed packages can be used
order-packages-kept-means = { $place }. Packages can be put there, and nobody looks in without a key.
order-packages-fault = The bucket for sealed packages is not as it has to be
order-packages-fault-means = { $place }: { $why }. What cannot be put there stays with its agent.
order-packages-not-known = The bucket for sealed packages: not all of it can be known
order-packages-not-known-means = { $place }: { $why }.
order-backup-made = The last backup was made { $at }
order-backup-made-means = Whether it can be restored, only a trial shows.
order-backup-old = The last backup was made { $at }
order-backup-old-means = What happened since would be lost with this machine.
order-backup-not-known = Backup
order-backup-not-known-means = Nobody told the desk how to see when one was made: name a file that each backup touches in desk.toml.
order-files-guarded = Settings and keys belong to the desk alone
order-files-guarded-means = { $count ->
    [one] { $count } file: nobody else can change it, and nobody else can read a key.
   *[other] { $count } files: nobody else can change them, and nobody else can read a key.
}
order-file-fault = { $file } cannot be used
order-file-fault-means = { $why }
order-mandates-open = Every user of this machine can enter { $directory }, where mandates lie
order-mandates-open-means = They name accounts. Close it: chmod -R o= { $directory }
order-law-fault = The law packs cannot be used
order-law-fault-means = No demand can be assessed until this is mended: { $why }

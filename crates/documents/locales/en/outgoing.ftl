# Mails that the desk sends by itself. They name a case or lead to a page, and say nothing of a demand.

news-emergency = Emergency: case { $case }
news-emergency-means = An emergency came in { $at }: case { $case }. Whoever takes it says so on its page; then nobody else is alarmed.
news-new-case = New case { $case }
news-new-case-means = Case { $case } came in { $at }.
news-clock-runs-out = Case { $case } is due { $at }
news-clock-runs-out-means = Something that we have to do in case { $case } is due { $at }.
news-for-counsel = Case { $case } waits for your signature
news-for-counsel-means = Case { $case } was decided { $at } and waits for counsel.
news-agent-answered = Case { $case }: an agent answered
news-agent-answered-means = An agent answered in case { $case } { $at }.
news-agent-refused = Case { $case }: an agent refused
news-agent-refused-means = An agent refused in case { $case } { $at }, or could not carry it out.
news-letter = Case { $case }: something came in
news-letter-means = The authority sent or said something in case { $case } { $at }.
news-not-sent = Case { $case }: a letter is not sent
news-not-sent-means = A letter of case { $case } could not be sent; that was given up { $at }. Send it anew, or in another way.
news-confirmation = Case { $case }: ask for the confirmation of the emergency
news-confirmation-means = Data was handed over in an emergency in case { $case }. It was to be confirmed by { $at }, and no confirmation is recorded.
news-nothing-else = Nothing of the demand stands in this mail. The desk sent it by itself; nobody reads an answer.
fetch-mail = { $provider }: there is something for you to fetch
fetch-mail-lead = There is something for you to fetch at the address below.
fetch-mail-sign-in = Sign in there as usual. Nothing of what it is about stands in this mail, and we never ask for a password by mail.
fetch-mail-from = { $provider }

# An emergency at night.

night-title = Emergency
night-has-it = { $name } has it
night-take = I have it
night-take-means = Then nobody else is woken.
night-step-described = Describe
night-step-call = Call back
night-step-decide = Decide with counsel
night-step-tomorrow = Tomorrow
night-original = Original
night-change = Change
night-asked = { $what } of { $whose }
night-short = Only what the decision needs. The rest is described by day.
night-choose = Choose
night-authority-hint = Only an authority of your list can be called back.
night-accounts = Whose data: one account a line
night-describe = This is what arrived
night-call-number = Number of the list of authorities. Not the one in the demand.
night-call-button = Call { $number }
night-call-said = What did they say?
night-call-genuine = Genuine, all confirmed
night-call-unreached = Not reached
night-call-denied = They did not send it
night-unreached-note = The authority was called on the number of the list and not reached.
night-second = { $name } is told by telephone, signs on their own machine, and reads this same page.
night-tell = Call a second person
night-tell-hint = You talk; they read this same page, decide with you, and sign on their own machine.
night-tell-button = I have told them by telephone
night-on-call = { $name } (on call)
night-told = { $name } was told by telephone, { $at }.
night-told-note = { $name } was told of the emergency by telephone.
night-nobody-second = Nobody of counsel is in the list of people: nothing can leave.
night-own-machine = Two people sign, at least one of them on their own machine: the page to sign says how.
night-not-you = You called, so somebody else says that it is genuine.
night-not-genuine = It is not genuine. Nothing leaves.
night-task-genuine = A second person says that it is genuine
night-task-danger = Counsel judges the danger
night-task-law = Apply the law
night-task-answer = Decide
night-task-sign = Two signatures
night-task-hand-over = Hand over
night-tomorrow = A day after data left, a task is made and news is sent: ask for the written order, and whether it was validated.
night-tomorrow-at = { $at }: ask for the written order, and whether it was validated.
night-tomorrow-record = Record the confirmation
night-two-people = Nothing leaves on one signature, at night neither.
night-band = { $count ->
    [one] An emergency is not answered
   *[other] { $count } emergencies are not answered
}
night-band-case = Emergency, case { $case }
night-case = This is an emergency.
night-open = Go through it step by step
night-confirm-by = by { $at }
night-confirm-authority = Waiting for the authority
web-task-confirm = Confirmation of the emergency

roles-menu-roles = Who leads
roles-help-roles =
    Send /roles to see who leads. A leader can press “Change roles”, or reply to somebody’s message with “/roles leader”, “/roles deputy” or “/roles member”.
    Example: /roles
roles-leaders = Leader: { $names }
roles-no-leader = There is no leader at the moment. The group’s owner or an administrator can send /setup.
roles-deputies = Deputy: { $names }
roles-what = Leaders look after arrangements only and cannot see what you keep private; whatever they change is in /log.
roles-change = Change roles
roles-whom = Whose role should change?
roles-one = { $role ->
    [leader] { $name } (leader)
    [deputy] { $name } (deputy)
   *[other] { $name }
}
roles-role = { $role ->
    [leader] Leader
    [deputy] Deputy
   *[other] Member
}
roles-which = { $role ->
    [leader] { $name } is a leader. Change to:
    [deputy] { $name } is a deputy. Change to:
   *[other] { $name } is a member. Change to:
}
roles-before = Previous
roles-after = Next
roles-back = Back
roles-unknown = I don’t know the role “{ $words }”. You can write: leader, deputy, member.
roles-reply = Please reply to something that teacher wrote with “/roles leader”, or send /roles and press “Change roles”.
roles-not-joined = { $name } hasn’t joined yet. Please ask them to send /join first.
roles-leaders-name = Only a leader can change who leads.
roles-last = There has to be a leader. Please name somebody else first.
roles-named = { $role ->
    [leader] { $name } is now a leader.
    [deputy] { $name } is now a deputy.
   *[other] { $name } is now a member.
}
roles-log-named = { $role ->
    [leader] made { $person } a leader
    [deputy] made { $person } a deputy
   *[other] made { $person } a member
}

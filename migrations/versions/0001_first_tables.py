"""first tables

Revision: 0001, after 
"""

import sqlalchemy as sa
from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('ab_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('label', sa.String(length=150), nullable=True),
    sa.Column('description', sa.String(length=512), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_group')),
    sa.UniqueConstraint('name', name=op.f('uq_ab_group_name'))
    )
    op.create_table('ab_permission',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_permission')),
    sa.UniqueConstraint('name', name=op.f('uq_ab_permission_name'))
    )
    op.create_table('ab_register_user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_name', sa.String(length=64), nullable=False),
    sa.Column('last_name', sa.String(length=64), nullable=False),
    sa.Column('username', sa.String(length=128), nullable=False),
    sa.Column('password', sa.String(length=256), nullable=True),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('registration_date', sa.DateTime(), nullable=True),
    sa.Column('registration_hash', sa.String(length=256), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_register_user')),
    sa.UniqueConstraint('email', name=op.f('uq_ab_register_user_email')),
    sa.UniqueConstraint('username', name=op.f('uq_ab_register_user_username'))
    )
    op.create_table('ab_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_role')),
    sa.UniqueConstraint('name', name=op.f('uq_ab_role_name'))
    )
    op.create_table('ab_user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_name', sa.String(length=64), nullable=False),
    sa.Column('last_name', sa.String(length=64), nullable=False),
    sa.Column('username', sa.String(length=128), nullable=False),
    sa.Column('password', sa.String(length=256), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=True),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('last_login', sa.DateTime(), nullable=True),
    sa.Column('login_count', sa.Integer(), nullable=True),
    sa.Column('fail_login_count', sa.Integer(), nullable=True),
    sa.Column('created_on', sa.DateTime(), nullable=True),
    sa.Column('changed_on', sa.DateTime(), nullable=True),
    sa.Column('created_by_fk', sa.Integer(), nullable=True),
    sa.Column('changed_by_fk', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['changed_by_fk'], ['ab_user.id'], name=op.f('fk_ab_user_changed_by_fk_ab_user')),
    sa.ForeignKeyConstraint(['created_by_fk'], ['ab_user.id'], name=op.f('fk_ab_user_created_by_fk_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_user')),
    sa.UniqueConstraint('email', name=op.f('uq_ab_user_email')),
    sa.UniqueConstraint('username', name=op.f('uq_ab_user_username'))
    )
    op.create_table('ab_view_menu',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=250), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_view_menu')),
    sa.UniqueConstraint('name', name=op.f('uq_ab_view_menu_name'))
    )
    op.create_table('audit_event',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('role', sa.String(length=40), nullable=True),
    sa.Column('organisation_id', sa.String(length=36), nullable=True),
    sa.Column('purpose', sa.String(length=40), nullable=False),
    sa.Column('row_id', sa.String(length=36), nullable=True),
    sa.Column('fields', sa.String(length=1000), nullable=True),
    sa.Column('request_id', sa.String(length=36), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_event'))
    )
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_event_at'), ['at'], unique=False)

    op.create_table('organisation',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('name_fi', sa.String(length=120), nullable=False),
    sa.Column('name_sv', sa.String(length=120), nullable=False),
    sa.Column('language_status', sa.String(length=5), nullable=True),
    sa.Column('region_code', sa.String(length=4), nullable=True),
    sa.Column('wellbeing_county_code', sa.String(length=4), nullable=True),
    sa.Column('employment_area_code', sa.String(length=4), nullable=True),
    sa.Column('economic_development_centre_code', sa.String(length=4), nullable=True),
    sa.Column('successor_code', sa.String(length=12), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation'))
    )
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.create_index('uq_organisation_kind_code', ['kind', 'code'], unique=True)

    op.create_table('ab_api_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('name', sa.String(length=256), nullable=False),
    sa.Column('key_hash', sa.String(length=256), nullable=False),
    sa.Column('lookup_hash', sa.String(length=256), nullable=True),
    sa.Column('key_prefix', sa.String(length=16), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('scopes', sa.Text(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_on', sa.DateTime(), nullable=True),
    sa.Column('expires_on', sa.DateTime(), nullable=True),
    sa.Column('revoked_on', sa.DateTime(), nullable=True),
    sa.Column('last_used_on', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_ab_api_key_user_id_ab_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_api_key')),
    sa.UniqueConstraint('lookup_hash', name=op.f('uq_ab_api_key_lookup_hash')),
    sa.UniqueConstraint('uuid', name=op.f('uq_ab_api_key_uuid'))
    )
    with op.batch_alter_table('ab_api_key', schema=None) as batch_op:
        batch_op.create_index('idx_api_key_lookup_hash', ['lookup_hash'], unique=True)
        batch_op.create_index('idx_api_key_prefix', ['key_prefix'], unique=False)
        batch_op.create_index('idx_api_key_user_id', ['user_id'], unique=False)

    op.create_table('ab_group_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['ab_group.id'], name=op.f('fk_ab_group_role_group_id_ab_group'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['role_id'], ['ab_role.id'], name=op.f('fk_ab_group_role_role_id_ab_role'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_group_role')),
    sa.UniqueConstraint('group_id', 'role_id', name=op.f('uq_ab_group_role_group_id_role_id'))
    )
    with op.batch_alter_table('ab_group_role', schema=None) as batch_op:
        batch_op.create_index('idx_group_id', ['group_id'], unique=False)
        batch_op.create_index('idx_group_role_id', ['role_id'], unique=False)

    op.create_table('ab_permission_view',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('permission_id', sa.Integer(), nullable=False),
    sa.Column('view_menu_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['permission_id'], ['ab_permission.id'], name=op.f('fk_ab_permission_view_permission_id_ab_permission')),
    sa.ForeignKeyConstraint(['view_menu_id'], ['ab_view_menu.id'], name=op.f('fk_ab_permission_view_view_menu_id_ab_view_menu')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_permission_view')),
    sa.UniqueConstraint('permission_id', 'view_menu_id', name=op.f('uq_ab_permission_view_permission_id_view_menu_id'))
    )
    with op.batch_alter_table('ab_permission_view', schema=None) as batch_op:
        batch_op.create_index('idx_permission_id', ['permission_id'], unique=False)
        batch_op.create_index('idx_view_menu_id', ['view_menu_id'], unique=False)

    op.create_table('ab_user_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['ab_group.id'], name=op.f('fk_ab_user_group_group_id_ab_group'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_ab_user_group_user_id_ab_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_user_group')),
    sa.UniqueConstraint('user_id', 'group_id', name=op.f('uq_ab_user_group_user_id_group_id'))
    )
    with op.batch_alter_table('ab_user_group', schema=None) as batch_op:
        batch_op.create_index('idx_user_group_id', ['group_id'], unique=False)
        batch_op.create_index('idx_user_id', ['user_id'], unique=False)

    op.create_table('ab_user_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['role_id'], ['ab_role.id'], name=op.f('fk_ab_user_role_role_id_ab_role'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_ab_user_role_user_id_ab_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_user_role')),
    sa.UniqueConstraint('user_id', 'role_id', name=op.f('uq_ab_user_role_user_id_role_id'))
    )
    op.create_table('access_grant',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.String(length=36), nullable=False),
    sa.Column('role', sa.String(length=40), nullable=False),
    sa.Column('basis', sa.String(length=40), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('from_directory', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_access_grant_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_access_grant_user_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_grant')),
    sa.UniqueConstraint('user_id', 'organisation_id', 'role', 'valid_from', name=op.f('uq_access_grant_user_id_organisation_id_role_valid_from'))
    )
    with op.batch_alter_table('access_grant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_access_grant_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_grant_user_id'), ['user_id'], unique=False)

    op.create_table('audit_event_client',
    sa.Column('event_id', sa.String(length=36), nullable=False),
    sa.Column('client_id', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['audit_event.id'], name=op.f('fk_audit_event_client_event_id_audit_event')),
    sa.PrimaryKeyConstraint('event_id', 'client_id', name=op.f('pk_audit_event_client'))
    )
    with op.batch_alter_table('audit_event_client', schema=None) as batch_op:
        batch_op.create_index('ix_audit_event_client_client_id', ['client_id'], unique=False)

    op.create_table('client',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('identity_code', sa.LargeBinary(), nullable=True),
    sa.Column('identity_code_digest', sa.String(length=64), nullable=True),
    sa.Column('no_identity_code_reason', sa.String(length=40), nullable=True),
    sa.Column('family_name', sa.String(length=80), nullable=False),
    sa.Column('given_names', sa.String(length=120), nullable=False),
    sa.Column('call_name', sa.String(length=60), nullable=True),
    sa.Column('search_name', sa.String(length=400), nullable=False),
    sa.Column('birth_date', sa.Date(), nullable=False),
    sa.Column('gender', sa.String(length=40), nullable=True),
    sa.Column('citizenship', sa.String(length=40), nullable=False),
    sa.Column('mother_tongue', sa.String(length=40), nullable=False),
    sa.Column('service_language', sa.String(length=40), nullable=False),
    sa.Column('interpreter_needed', sa.Boolean(), nullable=False),
    sa.Column('interpreter_language', sa.String(length=40), nullable=True),
    sa.Column('interpreter_mode', sa.String(length=40), nullable=True),
    sa.Column('phone', sa.String(length=40), nullable=True),
    sa.Column('email', sa.String(length=120), nullable=True),
    sa.Column('street_address', sa.String(length=120), nullable=True),
    sa.Column('postal_code', sa.String(length=10), nullable=True),
    sa.Column('post_office', sa.String(length=60), nullable=True),
    sa.Column('non_disclosure', sa.Boolean(), nullable=False),
    sa.Column('home_municipality_id', sa.String(length=36), nullable=False),
    sa.Column('arrival_date', sa.Date(), nullable=True),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('employment_status', sa.String(length=40), nullable=False),
    sa.Column('trafficking_victim', sa.Boolean(), nullable=False),
    sa.Column('responsible_worker_id', sa.Integer(), nullable=True),
    sa.Column('relationship_started', sa.Date(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('org_id', sa.String(length=36), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.CheckConstraint('identity_code IS NOT NULL OR no_identity_code_reason IS NOT NULL', name=op.f('ck_client_identity_code_or_reason')),
    sa.ForeignKeyConstraint(['changed_by'], ['ab_user.id'], name=op.f('fk_client_changed_by_ab_user')),
    sa.ForeignKeyConstraint(['created_by'], ['ab_user.id'], name=op.f('fk_client_created_by_ab_user')),
    sa.ForeignKeyConstraint(['home_municipality_id'], ['organisation.id'], name=op.f('fk_client_home_municipality_id_organisation')),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_client_org_id_organisation')),
    sa.ForeignKeyConstraint(['responsible_worker_id'], ['ab_user.id'], name=op.f('fk_client_responsible_worker_id_ab_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_client'))
    )
    with op.batch_alter_table('client', schema=None) as batch_op:
        batch_op.create_index('ix_client_birth_date', ['birth_date', 'id'], unique=False)
        batch_op.create_index('ix_client_search_name', ['search_name', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_client_org_id'), ['org_id'], unique=False)
        batch_op.create_index('uq_client_org_identity_code', ['org_id', 'identity_code_digest'], unique=True)

    op.create_table('search_memo',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_search_memo_user_id_ab_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_memo'))
    )
    with op.batch_alter_table('search_memo', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_search_memo_user_id'), ['user_id'], unique=False)

    op.create_table('user_profile',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=True),
    sa.Column('is_local', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_user_profile_user_id_ab_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_user_profile'))
    )
    op.create_table('ab_permission_view_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('permission_view_id', sa.Integer(), nullable=True),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['permission_view_id'], ['ab_permission_view.id'], name=op.f('fk_ab_permission_view_role_permission_view_id_ab_permission_view'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['role_id'], ['ab_role.id'], name=op.f('fk_ab_permission_view_role_role_id_ab_role'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ab_permission_view_role')),
    sa.UniqueConstraint('permission_view_id', 'role_id', name=op.f('uq_ab_permission_view_role_permission_view_id_role_id'))
    )
    with op.batch_alter_table('ab_permission_view_role', schema=None) as batch_op:
        batch_op.create_index('idx_permission_view_id', ['permission_view_id'], unique=False)
        batch_op.create_index('idx_role_id', ['role_id'], unique=False)

    op.create_table('assessment',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('ground', sa.String(length=40), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('known_on', sa.Date(), nullable=True),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('completed_on', sa.Date(), nullable=True),
    sa.Column('channel', sa.String(length=40), nullable=False),
    sa.Column('channel_reason', sa.String(length=300), nullable=True),
    sa.Column('language', sa.String(length=40), nullable=False),
    sa.Column('client_wishes', sa.Text(), nullable=True),
    sa.Column('aims_told_on', sa.Date(), nullable=True),
    sa.Column('process_told_on', sa.Date(), nullable=True),
    sa.Column('duties_told_on', sa.Date(), nullable=True),
    sa.Column('data_told_on', sa.Date(), nullable=True),
    sa.Column('outcome', sa.String(length=40), nullable=True),
    sa.Column('outcome_reason', sa.Text(), nullable=True),
    sa.Column('plan_planned_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('org_id', sa.String(length=36), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('client_id', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['changed_by'], ['ab_user.id'], name=op.f('fk_assessment_changed_by_ab_user')),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_assessment_client_id_client'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['created_by'], ['ab_user.id'], name=op.f('fk_assessment_created_by_ab_user')),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_assessment_org_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment'))
    )
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assessment_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assessment_org_id'), ['org_id'], unique=False)

    op.create_table('client_membership',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('organisation_id', sa.String(length=36), nullable=False),
    sa.Column('client_id', sa.String(length=36), nullable=False),
    sa.Column('is_owner', sa.Boolean(), nullable=False),
    sa.Column('purpose', sa.String(length=40), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_client_membership_client_id_client'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_client_membership_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_client_membership'))
    )
    with op.batch_alter_table('client_membership', schema=None) as batch_op:
        batch_op.create_index('ix_client_membership_client', ['client_id'], unique=False)
        batch_op.create_index('ix_client_membership_organisation', ['organisation_id', 'client_id', 'valid_from', 'valid_to'], unique=False)

    op.create_table('education_record',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('level', sa.String(length=40), nullable=False),
    sa.Column('qualification', sa.String(length=160), nullable=True),
    sa.Column('country', sa.String(length=40), nullable=True),
    sa.Column('completed', sa.Boolean(), nullable=False),
    sa.Column('end_year', sa.Integer(), nullable=True),
    sa.Column('years_of_schooling', sa.Integer(), nullable=True),
    sa.Column('recognition', sa.String(length=40), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('org_id', sa.String(length=36), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.Column('client_id', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['changed_by'], ['ab_user.id'], name=op.f('fk_education_record_changed_by_ab_user')),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_education_record_client_id_client'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['created_by'], ['ab_user.id'], name=op.f('fk_education_record_created_by_ab_user')),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_education_record_org_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_education_record'))
    )
    with op.batch_alter_table('education_record', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_education_record_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_education_record_org_id'), ['org_id'], unique=False)

    op.create_table('family_link',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('relation', sa.String(length=40), nullable=False),
    sa.Column('person_name', sa.String(length=160), nullable=False),
    sa.Column('lives_in_finland', sa.Boolean(), nullable=False),
    sa.Column('same_household', sa.Boolean(), nullable=False),
    sa.Column('tie_before_arrival', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('org_id', sa.String(length=36), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.Column('client_id', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['changed_by'], ['ab_user.id'], name=op.f('fk_family_link_changed_by_ab_user')),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_family_link_client_id_client'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['created_by'], ['ab_user.id'], name=op.f('fk_family_link_created_by_ab_user')),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_family_link_org_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_family_link'))
    )
    with op.batch_alter_table('family_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_family_link_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_family_link_org_id'), ['org_id'], unique=False)

    op.create_table('language_skill',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('language', sa.String(length=40), nullable=False),
    sa.Column('part', sa.String(length=40), nullable=False),
    sa.Column('level', sa.String(length=40), nullable=False),
    sa.Column('basis', sa.String(length=40), nullable=False),
    sa.Column('established_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('org_id', sa.String(length=36), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.Column('client_id', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['changed_by'], ['ab_user.id'], name=op.f('fk_language_skill_changed_by_ab_user')),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_language_skill_client_id_client'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['created_by'], ['ab_user.id'], name=op.f('fk_language_skill_created_by_ab_user')),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_language_skill_org_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_language_skill'))
    )
    with op.batch_alter_table('language_skill', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_language_skill_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_language_skill_org_id'), ['org_id'], unique=False)

    op.create_table('note',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('entry_date', sa.Date(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('org_id', sa.String(length=36), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('client_id', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['changed_by'], ['ab_user.id'], name=op.f('fk_note_changed_by_ab_user')),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_note_client_id_client'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['created_by'], ['ab_user.id'], name=op.f('fk_note_created_by_ab_user')),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_note_org_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_note'))
    )
    with op.batch_alter_table('note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_note_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_note_org_id'), ['org_id'], unique=False)

    op.create_table('residence_basis',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('permit_type', sa.String(length=40), nullable=True),
    sa.Column('ground', sa.String(length=40), nullable=False),
    sa.Column('granted_date', sa.Date(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('right_to_work', sa.String(length=40), nullable=True),
    sa.Column('is_first', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('org_id', sa.String(length=36), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.Column('client_id', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['changed_by'], ['ab_user.id'], name=op.f('fk_residence_basis_changed_by_ab_user')),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_residence_basis_client_id_client'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['created_by'], ['ab_user.id'], name=op.f('fk_residence_basis_created_by_ab_user')),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_residence_basis_org_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_residence_basis'))
    )
    with op.batch_alter_table('residence_basis', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_residence_basis_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_residence_basis_org_id'), ['org_id'], unique=False)

    op.create_table('user_session',
    sa.Column('token_digest', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('grant_id', sa.String(length=36), nullable=True),
    sa.Column('password_mark', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['grant_id'], ['access_grant.id'], name=op.f('fk_user_session_grant_id_access_grant'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], name=op.f('fk_user_session_user_id_ab_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token_digest', name=op.f('pk_user_session'))
    )
    with op.batch_alter_table('user_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_user_session_user_id'), ['user_id'], unique=False)

    op.create_table('work_record',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('occupation', sa.String(length=120), nullable=False),
    sa.Column('country', sa.String(length=40), nullable=True),
    sa.Column('started_on', sa.Date(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('description', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('org_id', sa.String(length=36), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.Column('client_id', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['changed_by'], ['ab_user.id'], name=op.f('fk_work_record_changed_by_ab_user')),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_work_record_client_id_client'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['created_by'], ['ab_user.id'], name=op.f('fk_work_record_created_by_ab_user')),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_work_record_org_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_work_record'))
    )
    with op.batch_alter_table('work_record', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_work_record_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_work_record_org_id'), ['org_id'], unique=False)

    op.create_table('integration_plan',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('assessment_id', sa.String(length=36), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('drawn_up_date', sa.Date(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=False),
    sa.Column('planned_review_date', sa.Date(), nullable=False),
    sa.Column('follow_up', sa.Text(), nullable=False),
    sa.Column('training_recommendation', sa.Text(), nullable=True),
    sa.Column('no_education_goal_reason', sa.String(length=300), nullable=True),
    sa.Column('authors', sa.String(length=300), nullable=False),
    sa.Column('rights_explained_on', sa.Date(), nullable=True),
    sa.Column('agreed_on', sa.Date(), nullable=True),
    sa.Column('agreement_method', sa.String(length=40), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('org_id', sa.String(length=36), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('client_id', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['assessment_id'], ['assessment.id'], name=op.f('fk_integration_plan_assessment_id_assessment')),
    sa.ForeignKeyConstraint(['changed_by'], ['ab_user.id'], name=op.f('fk_integration_plan_changed_by_ab_user')),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_integration_plan_client_id_client'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['created_by'], ['ab_user.id'], name=op.f('fk_integration_plan_created_by_ab_user')),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_integration_plan_org_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_integration_plan'))
    )
    with op.batch_alter_table('integration_plan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_integration_plan_assessment_id'), ['assessment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_integration_plan_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_integration_plan_org_id'), ['org_id'], unique=False)

    op.create_table('interview_section',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('assessment_id', sa.String(length=36), nullable=False),
    sa.Column('section', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=True),
    sa.Column('need_level', sa.String(length=40), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('org_id', sa.String(length=36), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.Column('client_id', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['assessment_id'], ['assessment.id'], name=op.f('fk_interview_section_assessment_id_assessment'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['changed_by'], ['ab_user.id'], name=op.f('fk_interview_section_changed_by_ab_user')),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_interview_section_client_id_client'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['created_by'], ['ab_user.id'], name=op.f('fk_interview_section_created_by_ab_user')),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_interview_section_org_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interview_section')),
    sa.UniqueConstraint('assessment_id', 'section', name=op.f('uq_interview_section_assessment_id_section'))
    )
    with op.batch_alter_table('interview_section', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interview_section_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_interview_section_org_id'), ['org_id'], unique=False)

    op.create_table('goal',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('plan_id', sa.String(length=36), nullable=False),
    sa.Column('horizon', sa.String(length=40), nullable=False),
    sa.Column('goal_type', sa.String(length=40), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('own_words', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('org_id', sa.String(length=36), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('client_id', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['changed_by'], ['ab_user.id'], name=op.f('fk_goal_changed_by_ab_user')),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_goal_client_id_client'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['created_by'], ['ab_user.id'], name=op.f('fk_goal_created_by_ab_user')),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_goal_org_id_organisation')),
    sa.ForeignKeyConstraint(['plan_id'], ['integration_plan.id'], name=op.f('fk_goal_plan_id_integration_plan'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_goal'))
    )
    with op.batch_alter_table('goal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_goal_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_goal_org_id'), ['org_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_goal_plan_id'), ['plan_id'], unique=False)

    op.create_table('planned_service',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('plan_id', sa.String(length=36), nullable=False),
    sa.Column('service_type', sa.String(length=40), nullable=False),
    sa.Column('organiser', sa.String(length=40), nullable=False),
    sa.Column('provider', sa.String(length=120), nullable=True),
    sa.Column('justification', sa.Text(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('org_id', sa.String(length=36), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('client_id', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['changed_by'], ['ab_user.id'], name=op.f('fk_planned_service_changed_by_ab_user')),
    sa.ForeignKeyConstraint(['client_id'], ['client.id'], name=op.f('fk_planned_service_client_id_client'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['created_by'], ['ab_user.id'], name=op.f('fk_planned_service_created_by_ab_user')),
    sa.ForeignKeyConstraint(['org_id'], ['organisation.id'], name=op.f('fk_planned_service_org_id_organisation')),
    sa.ForeignKeyConstraint(['plan_id'], ['integration_plan.id'], name=op.f('fk_planned_service_plan_id_integration_plan'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_planned_service'))
    )
    with op.batch_alter_table('planned_service', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_planned_service_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_planned_service_org_id'), ['org_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_planned_service_plan_id'), ['plan_id'], unique=False)

    op.create_index('uq_ab_user_lower_username', 'ab_user', [sa.text('lower(username)')], unique=True)


def downgrade() -> None:
    op.drop_index('uq_ab_user_lower_username', table_name='ab_user')
    with op.batch_alter_table('planned_service', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_planned_service_plan_id'))
        batch_op.drop_index(batch_op.f('ix_planned_service_org_id'))
        batch_op.drop_index(batch_op.f('ix_planned_service_client_id'))

    op.drop_table('planned_service')
    with op.batch_alter_table('goal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_goal_plan_id'))
        batch_op.drop_index(batch_op.f('ix_goal_org_id'))
        batch_op.drop_index(batch_op.f('ix_goal_client_id'))

    op.drop_table('goal')
    with op.batch_alter_table('interview_section', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_interview_section_org_id'))
        batch_op.drop_index(batch_op.f('ix_interview_section_client_id'))

    op.drop_table('interview_section')
    with op.batch_alter_table('integration_plan', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_integration_plan_org_id'))
        batch_op.drop_index(batch_op.f('ix_integration_plan_client_id'))
        batch_op.drop_index(batch_op.f('ix_integration_plan_assessment_id'))

    op.drop_table('integration_plan')
    with op.batch_alter_table('work_record', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_work_record_org_id'))
        batch_op.drop_index(batch_op.f('ix_work_record_client_id'))

    op.drop_table('work_record')
    with op.batch_alter_table('user_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_user_session_user_id'))

    op.drop_table('user_session')
    with op.batch_alter_table('residence_basis', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_residence_basis_org_id'))
        batch_op.drop_index(batch_op.f('ix_residence_basis_client_id'))

    op.drop_table('residence_basis')
    with op.batch_alter_table('note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_note_org_id'))
        batch_op.drop_index(batch_op.f('ix_note_client_id'))

    op.drop_table('note')
    with op.batch_alter_table('language_skill', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_language_skill_org_id'))
        batch_op.drop_index(batch_op.f('ix_language_skill_client_id'))

    op.drop_table('language_skill')
    with op.batch_alter_table('family_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_family_link_org_id'))
        batch_op.drop_index(batch_op.f('ix_family_link_client_id'))

    op.drop_table('family_link')
    with op.batch_alter_table('education_record', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_education_record_org_id'))
        batch_op.drop_index(batch_op.f('ix_education_record_client_id'))

    op.drop_table('education_record')
    with op.batch_alter_table('client_membership', schema=None) as batch_op:
        batch_op.drop_index('ix_client_membership_organisation')
        batch_op.drop_index('ix_client_membership_client')

    op.drop_table('client_membership')
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assessment_org_id'))
        batch_op.drop_index(batch_op.f('ix_assessment_client_id'))

    op.drop_table('assessment')
    with op.batch_alter_table('ab_permission_view_role', schema=None) as batch_op:
        batch_op.drop_index('idx_role_id')
        batch_op.drop_index('idx_permission_view_id')

    op.drop_table('ab_permission_view_role')
    op.drop_table('user_profile')
    with op.batch_alter_table('search_memo', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_search_memo_user_id'))

    op.drop_table('search_memo')
    with op.batch_alter_table('client', schema=None) as batch_op:
        batch_op.drop_index('uq_client_org_identity_code')
        batch_op.drop_index(batch_op.f('ix_client_org_id'))
        batch_op.drop_index('ix_client_search_name')
        batch_op.drop_index('ix_client_birth_date')

    op.drop_table('client')
    with op.batch_alter_table('audit_event_client', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_event_client_client_id')

    op.drop_table('audit_event_client')
    with op.batch_alter_table('access_grant', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_access_grant_user_id'))
        batch_op.drop_index(batch_op.f('ix_access_grant_organisation_id'))

    op.drop_table('access_grant')
    op.drop_table('ab_user_role')
    with op.batch_alter_table('ab_user_group', schema=None) as batch_op:
        batch_op.drop_index('idx_user_id')
        batch_op.drop_index('idx_user_group_id')

    op.drop_table('ab_user_group')
    with op.batch_alter_table('ab_permission_view', schema=None) as batch_op:
        batch_op.drop_index('idx_view_menu_id')
        batch_op.drop_index('idx_permission_id')

    op.drop_table('ab_permission_view')
    with op.batch_alter_table('ab_group_role', schema=None) as batch_op:
        batch_op.drop_index('idx_group_role_id')
        batch_op.drop_index('idx_group_id')

    op.drop_table('ab_group_role')
    with op.batch_alter_table('ab_api_key', schema=None) as batch_op:
        batch_op.drop_index('idx_api_key_user_id')
        batch_op.drop_index('idx_api_key_prefix')
        batch_op.drop_index('idx_api_key_lookup_hash')

    op.drop_table('ab_api_key')
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_index('uq_organisation_kind_code')

    op.drop_table('organisation')
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_event_at'))

    op.drop_table('audit_event')
    op.drop_table('ab_view_menu')
    op.drop_table('ab_user')
    op.drop_table('ab_role')
    op.drop_table('ab_register_user')
    op.drop_table('ab_permission')
    op.drop_table('ab_group')

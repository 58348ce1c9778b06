-- Who may do what. Keys and people that were here before keep everything they had.
ALTER TABLE api_keys ADD COLUMN role text CHECK (role IN ('owner', 'marketer', 'analyst', 'operator'));
ALTER TABLE api_keys ADD COLUMN exports boolean NOT NULL DEFAULT false;
UPDATE api_keys SET role = 'owner' WHERE kind = 'admin';
ALTER TABLE api_keys ADD CONSTRAINT api_keys_role_of_admin CHECK ((kind = 'admin') = (role IS NOT NULL));

UPDATE users SET role = 'owner' WHERE role NOT IN ('owner', 'marketer', 'analyst', 'operator');
ALTER TABLE users ADD CONSTRAINT users_role_check CHECK (role IN ('owner', 'marketer', 'analyst', 'operator'));
ALTER TABLE users ADD COLUMN exports boolean NOT NULL DEFAULT false;

-- Pushes the password now, also one that SES is known to hold or has refused.
local os = require("os")
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["reconcile.fluxcd.io/forceAt"] = os.date("!%Y-%m-%dT%H:%M:%SZ")
return obj

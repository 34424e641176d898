-- The same as kstatus says: Reconciling and Stalled are there only while true.
local health = {status = "Progressing", message = "Waiting for ses-operator"}
if obj.status == nil or obj.status.conditions == nil then
  return health
end

local is = {}
for _, condition in ipairs(obj.status.conditions) do
  if condition.type == "Ready" then
    health.message = condition.message
  end
  is[condition.type] = condition.status == "True"
end

-- The verdict of an older generation tells nothing about this one.
if obj.status.observedGeneration ~= obj.metadata.generation then
  return health
end
if is["Reconciling"] then
  health.status = "Progressing"
elseif is["Stalled"] then
  health.status = "Degraded"
elseif is["Ready"] then
  health.status = "Healthy"
end
return health
